/** Services and policies: what reaches a pod that has an address of its own and no node port. */
import { isKind, type Rule } from './rule';
import { fargatePage, networkPolicyPage, podIdentityPage } from './sources';

export const networkRules: readonly Rule[] = [
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
