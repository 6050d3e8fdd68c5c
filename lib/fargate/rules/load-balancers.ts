/** Load balancers: a Fargate pod is no instance, so only IP targets reach it. */
import { isUnresolved, type Field } from '../manifest/field';
import { readable, type KubeObject } from '../manifest/kube-object';
import { isKind, type Facts, type Problem, type Rule } from './rule';
import { albIngressPage, autoModeNetworkingPage, networkLoadBalancingPage } from './sources';

const nlbType = 'service.beta.kubernetes.io/aws-load-balancer-type';
const nlbTargets = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
const albTargets = 'alb.ingress.kubernetes.io/target-type';
/** The class of EKS Auto Mode, whose targets are IPs unless an annotation says otherwise. */
const autoModeClass = 'eks.amazonaws.com/nlb';
/** Load balancer classes of AWS; of any other the implementation is somebody else's. */
const awsClasses = new Set([undefined, 'service.k8s.aws/nlb', autoModeClass]);
const albController = 'ingress.k8s.aws/alb';
const autoModeController = 'eks.amazonaws.com/alb';

/** What asks AWS for a load balancer, and by which targets. */
interface Request {
  readonly object: KubeObject;
  /** The annotation that names the targets. */
  readonly annotation: string;
  /** Undefined where nothing says it. */
  readonly targets: string | undefined;
}

function annotations(root: Field): Readonly<Record<string, string>> {
  return root.get('metadata').get('annotations').strings();
}

function readService(object: KubeObject): readonly Request[] {
  const spec = object.root.get('spec');
  const loadBalancerClass = spec.get('loadBalancerClass').text();
  // Without a selector the Service sends to addresses somebody else writes, not to pods of this cluster.
  if (
    spec.get('type').text() !== 'LoadBalancer' ||
    !awsClasses.has(loadBalancerClass) ||
    !spec.get('selector').present
  ) {
    return [];
  }
  const { [nlbType]: type, [nlbTargets]: written } = annotations(object.root);
  const isIp = type === 'nlb-ip' || (written === undefined && loadBalancerClass === autoModeClass);
  return [{ object, annotation: nlbTargets, targets: isIp ? 'ip' : written }];
}

/** The ingress classes among the objects, and the parameters they name. */
class IngressClasses {
  private readonly classes: ReadonlyMap<string, KubeObject>;
  private readonly ipParameters: ReadonlySet<string>;

  constructor({ objects }: Facts) {
    this.classes = new Map(
      objects
        .filter((object) => isKind(object, 'networking.k8s.io', 'IngressClass'))
        .map((object) => [object.name, object]),
    );
    this.ipParameters = new Set(
      objects
        .filter(
          ({ kind, root }) =>
            kind === 'IngressClassParams' && root.get('spec').get('targetType').text() === 'ip',
        )
        .map(({ name }) => name),
    );
  }

  /** What an Ingress asks for; nothing where it is for another controller. */
  read(object: KubeObject): readonly Request[] {
    const name = ingressClassName(object);
    const spec = this.classes.get(name)?.root.get('spec');
    const controller = spec?.get('controller').text() ?? (name === 'alb' ? albController : '');
    if (![albController, autoModeController].includes(controller)) {
      return [];
    }
    const { [albTargets]: written } = annotations(object.root);
    const isIp =
      controller === autoModeController ||
      this.ipParameters.has(spec?.get('parameters').get('name').text() ?? '');
    return [{ object, annotation: albTargets, targets: written ?? (isIp ? 'ip' : undefined) }];
  }
}

function ingressClassName({ root }: KubeObject): string {
  return (
    root.get('spec').get('ingressClassName').text() ?? annotations(root)['kubernetes.io/ingress.class'] ?? ''
  );
}

function readRequests(facts: Facts): readonly Request[] {
  const classes = new IngressClasses(facts);
  return facts.objects.flatMap((object) =>
    isKind(object, '', 'Service')
      ? readService(object)
      : isKind(object, 'networking.k8s.io', 'Ingress')
        ? classes.read(object)
        : [],
  );
}

function problem(
  { object, annotation, targets }: Request,
  text: string,
): Problem & { readonly object: KubeObject } {
  // Whoever names the targets of a Service has named the kind of load balancer too.
  const isNew = annotation === nlbTargets && targets === undefined;
  return { object, text, fix: `Set ${annotation}: ip${isNew ? `, and ${nlbType}: external` : ''}.` };
}

function isAlbClass(object: KubeObject): boolean {
  return (
    isKind(object, 'networking.k8s.io', 'IngressClass') &&
    object.root.get('spec').get('controller').text() === albController
  );
}

export const loadBalancerRules: readonly Rule[] = [
  {
    id: 'load-balancer-target',
    severity: 'error',
    why: 'A Fargate pod is no instance and has no node port: a load balancer with instance targets does not reach it.',
    source: networkLoadBalancingPage,
    judges: 'together',
    check: (facts) =>
      readRequests(facts)
        .filter(({ targets }) => targets !== undefined && targets !== 'ip' && !isUnresolved(targets))
        .map((request) =>
          problem(
            request,
            `its load balancer has ${readable(request.targets!)} targets, and Fargate has no instances`,
          ),
        ),
  },
  {
    id: 'load-balancer-target-unset',
    severity: 'warning',
    why: 'Without the annotation a load balancer has instance targets, which do not reach Fargate pods, unless the AWS Load Balancer Controller runs with defaultTargetType ip or an IngressClassParams says so. (EKS Auto Mode has IP targets by default.)',
    source: autoModeNetworkingPage,
    judges: 'together',
    check: (facts) =>
      readRequests(facts)
        .filter(({ targets }) => targets === undefined)
        .map((request) =>
          problem(request, 'its load balancer has instance targets by default, and Fargate has no instances'),
        ),
  },
  {
    id: 'ingress-controller',
    severity: 'warning',
    why: 'An Ingress is a request to a controller. The one that the setting ingress installs makes no load balancers: CloudFormation owns the one there is.',
    source: albIngressPage,
    onlyInTemplate: true,
    judges: 'object',
    check: (object, { objects }) =>
      isKind(object, 'networking.k8s.io', 'Ingress') &&
      ingressClassName(object) === 'alb' &&
      !objects.some(isAlbClass)
        ? [
            {
              text: 'nothing in the stack makes a load balancer for ingress class alb',
              fix: 'Set the setting ingress, and expose the Service in the stack instead (docs/ingress.md).',
            },
          ]
        : [],
  },
];
