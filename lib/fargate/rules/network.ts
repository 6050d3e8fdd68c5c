/** Services, ingresses and policies: what reaches a pod that has an address of its own and no node port. */
import { isUnresolved, type Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import { isKind, type Rule } from './rule';
import { ALB_INGRESS, FARGATE, NETWORK_LOAD_BALANCING, NETWORK_POLICY, POD_IDENTITY } from './sources';

const NLB_TYPE = 'service.beta.kubernetes.io/aws-load-balancer-type';
const NLB_TARGETS = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
const ALB_TARGETS = 'alb.ingress.kubernetes.io/target-type';
/** Load balancer classes of AWS; of any other the implementation is somebody else's. */
const AWS_CLASSES = new Set([undefined, 'service.k8s.aws/nlb', 'eks.amazonaws.com/nlb']);

function annotations(root: Field): Readonly<Record<string, string>> {
  return root.get('metadata').get('annotations').strings();
}

export const networkRules: readonly Rule[] = [
  {
    id: 'load-balancer-target',
    severity: 'error',
    why: 'A Fargate pod is no instance: only a Network Load Balancer with IP targets, made by the AWS Load Balancer Controller, reaches it.',
    source: NETWORK_LOAD_BALANCING,
    judges: 'object',
    check: (object) => {
      const spec = object.root.get('spec');
      if (!isKind(object, '', 'Service') || spec.get('type').text() !== 'LoadBalancer') {
        return [];
      }
      const loadBalancerClass = spec.get('loadBalancerClass').text();
      const { [NLB_TYPE]: type, [NLB_TARGETS]: targets } = annotations(object.root);
      const reaches =
        targets === 'ip' || type === 'nlb-ip' || (targets !== undefined && isUnresolved(targets));
      // Without a selector the Service sends to addresses somebody else writes, not to pods of this cluster.
      if (reaches || !AWS_CLASSES.has(loadBalancerClass) || !spec.get('selector').present) {
        return [];
      }
      return [
        {
          text: `type LoadBalancer ${targets === undefined ? 'without the annotation' : `with ${readable(targets)} targets in the annotation`} ${NLB_TARGETS} sends to node ports, which do not exist on Fargate. Install the AWS Load Balancer Controller and set ${NLB_TARGETS}: ip and ${NLB_TYPE}: external.`,
        },
      ];
    },
  },
  {
    id: 'node-port',
    severity: 'warning',
    why: 'Node ports do not work on Fargate. The Service is still reachable inside the cluster, and by a load balancer with IP targets.',
    source: FARGATE,
    judges: 'object',
    check: (object) =>
      isKind(object, '', 'Service') && object.root.get('spec').get('type').text() === 'NodePort'
        ? [{ text: 'type NodePort opens no port on Fargate nodes. Write spec.type: ClusterIP.' }]
        : [],
  },
  {
    id: 'ingress-target',
    severity: 'warning',
    why: 'An Application Load Balancer reaches Fargate pods by IP targets only, and the controller’s default is instance targets (an IngressClassParams may change it).',
    source: ALB_INGRESS,
    judges: 'object',
    check: (object) => {
      if (!isKind(object, 'networking.k8s.io', 'Ingress')) {
        return [];
      }
      const { [ALB_TARGETS]: targets, 'kubernetes.io/ingress.class': legacyClass } = annotations(object.root);
      const ingressClass = object.root.get('spec').get('ingressClassName').text() ?? legacyClass;
      if (ingressClass !== 'alb' || targets === 'ip' || (targets !== undefined && isUnresolved(targets))) {
        return [];
      }
      return [
        {
          text: `ingress class alb ${targets === undefined ? 'without the annotation' : `with ${readable(targets)} targets in the annotation`} ${ALB_TARGETS} sends to node ports, which do not exist on Fargate. Set ${ALB_TARGETS}: ip.`,
        },
      ];
    },
  },
  {
    id: 'network-policy',
    severity: 'warning',
    why: 'The VPC CNI does not apply NetworkPolicy to Fargate pods: a policy that seems to close a pod leaves it open.',
    source: NETWORK_POLICY,
    judges: 'object',
    check: (object) =>
      isKind(object, 'networking.k8s.io', 'NetworkPolicy')
        ? [
            {
              text: 'a NetworkPolicy is not enforced on Fargate pods. Use security groups for pods (SecurityGroupPolicy) where the isolation matters.',
            },
          ]
        : [],
  },
  {
    id: 'pod-identity',
    severity: 'warning',
    why: 'The agent of EKS Pod Identity is a DaemonSet, and does not run on Fargate: pods get no credentials from an association.',
    source: POD_IDENTITY,
    judges: 'object',
    check: (object) =>
      isKind(object, 'eks.services.k8s.aws', 'PodIdentityAssociation')
        ? [
            {
              text: 'EKS Pod Identity gives pods on Fargate no credentials. Use IAM roles for service accounts: annotate the ServiceAccount with eks.amazonaws.com/role-arn.',
            },
          ]
        : [],
  },
];
