/** Services, ingresses and policies: what reaches a pod that has an address of its own and no node port. */
import { isUnresolved, type Field } from '../manifest/field';
import { readable, type KubeObject } from '../manifest/kube-object';
import { isKind, type Rule } from './rule';
import {
  albIngressPage,
  fargatePage,
  networkLoadBalancingPage,
  networkPolicyPage,
  podIdentityPage,
} from './sources';

const nlbType = 'service.beta.kubernetes.io/aws-load-balancer-type';
const nlbTargets = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
const albTargets = 'alb.ingress.kubernetes.io/target-type';
/** Load balancer classes of AWS; of any other the implementation is somebody else's. */
const awsClasses = new Set([undefined, 'service.k8s.aws/nlb', 'eks.amazonaws.com/nlb']);

function annotations(root: Field): Readonly<Record<string, string>> {
  return root.get('metadata').get('annotations').strings();
}

function isAlbIngress(object: KubeObject): boolean {
  const ingressClass =
    object.root.get('spec').get('ingressClassName').text() ??
    annotations(object.root)['kubernetes.io/ingress.class'];
  return isKind(object, 'networking.k8s.io', 'Ingress') && ingressClass === 'alb';
}

function isAlbClass(object: KubeObject): boolean {
  return (
    isKind(object, 'networking.k8s.io', 'IngressClass') &&
    object.root.get('spec').get('controller').text() === 'ingress.k8s.aws/alb'
  );
}

export const networkRules: readonly Rule[] = [
  {
    id: 'load-balancer-target',
    severity: 'error',
    why: 'A Fargate pod is no instance: only a Network Load Balancer with IP targets, made by the AWS Load Balancer Controller, reaches it.',
    source: networkLoadBalancingPage,
    judges: 'object',
    check: (object) => {
      const spec = object.root.get('spec');
      if (!isKind(object, '', 'Service') || spec.get('type').text() !== 'LoadBalancer') {
        return [];
      }
      const loadBalancerClass = spec.get('loadBalancerClass').text();
      const { [nlbType]: type, [nlbTargets]: targets } = annotations(object.root);
      const reaches =
        targets === 'ip' || type === 'nlb-ip' || (targets !== undefined && isUnresolved(targets));
      // Without a selector the Service sends to addresses somebody else writes, not to pods of this cluster.
      if (reaches || !awsClasses.has(loadBalancerClass) || !spec.get('selector').present) {
        return [];
      }
      return [
        {
          text: `type LoadBalancer ${targets === undefined ? 'without' : `with ${readable(targets)} in`} the annotation ${nlbTargets} sends to node ports, which Fargate does not have`,
          fix: `Set ${nlbTargets}: ip and ${nlbType}: external.`,
        },
      ];
    },
  },
  {
    id: 'node-port',
    severity: 'warning',
    why: 'Node ports do not work on Fargate. The Service is still reachable inside the cluster, and by a load balancer with IP targets.',
    source: fargatePage,
    judges: 'object',
    check: (object) =>
      isKind(object, '', 'Service') && object.root.get('spec').get('type').text() === 'NodePort'
        ? [{ text: 'type NodePort opens no port on Fargate nodes', fix: 'Write spec.type: ClusterIP.' }]
        : [],
  },
  {
    id: 'ingress-target',
    severity: 'warning',
    why: 'An Application Load Balancer reaches Fargate pods by IP targets only, and the controller’s default is instance targets (an IngressClassParams may change it).',
    source: albIngressPage,
    judges: 'object',
    check: (object) => {
      const { [albTargets]: targets } = annotations(object.root);
      if (!isAlbIngress(object) || targets === 'ip' || (targets !== undefined && isUnresolved(targets))) {
        return [];
      }
      return [
        {
          text: `ingress class alb ${targets === undefined ? 'without' : `with ${readable(targets)} in`} the annotation ${albTargets} sends to node ports, which Fargate does not have`,
          fix: `Set ${albTargets}: ip.`,
        },
      ];
    },
  },
  {
    id: 'ingress-controller',
    severity: 'warning',
    why: 'An Ingress is a request to a controller. The one that the setting ingress installs makes no load balancers: CloudFormation owns the one there is.',
    source: albIngressPage,
    judges: 'object',
    check: (object, { inTemplate, objects }) =>
      inTemplate && isAlbIngress(object) && !objects.some(isAlbClass)
        ? [
            {
              text: 'nothing in the stack makes a load balancer for ingress class alb',
              fix: 'Set the setting ingress, and expose the Service in the stack instead (docs/ingress.md).',
            },
          ]
        : [],
  },
  {
    id: 'network-policy',
    severity: 'warning',
    why: 'The VPC CNI does not apply NetworkPolicy to Fargate pods: a policy that seems to close a pod leaves it open.',
    source: networkPolicyPage,
    judges: 'kind',
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
    check: () => [
      {
        text: 'not enforced on Fargate pods',
        fix: 'Use security groups for pods (SecurityGroupPolicy) where the isolation matters.',
      },
    ],
  },
  {
    id: 'pod-identity',
    severity: 'warning',
    why: 'The agent of EKS Pod Identity is a DaemonSet, and does not run on Fargate: pods get no credentials from an association.',
    source: podIdentityPage,
    judges: 'kind',
    group: 'eks.services.k8s.aws',
    kind: 'PodIdentityAssociation',
    check: () => [
      {
        text: 'EKS Pod Identity gives pods on Fargate no credentials',
        fix: 'Use IAM roles for service accounts: the annotation eks.amazonaws.com/role-arn of the ServiceAccount.',
      },
    ],
  },
];
