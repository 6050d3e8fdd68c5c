/** Services and policies: what reaches a pod that has an address of its own and no node port. */
import { isUnresolved } from '../manifest/field';
import { isKind, type Rule } from './rule';
import { fargatePage, networkPolicyPage, podIdentityPage, securityGroupsPage } from './sources';

const mostSecurityGroups = 5;

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
  {
    id: 'security-group-count',
    severity: 'error',
    why: 'A pod has one to five security groups.',
    source: securityGroupsPage,
    judges: 'object',
    check: (object) => {
      const groups = isKind(object, 'vpcresources.k8s.aws', 'SecurityGroupPolicy')
        ? object.root.get('spec').get('securityGroups').get('groupIds').items().length
        : 0;
      return groups <= mostSecurityGroups
        ? []
        : [
            {
              text: `has ${groups} security groups, and a pod has at most ${mostSecurityGroups}`,
              fix: 'Join some of them.',
            },
          ];
    },
  },
  {
    id: 'security-group-of-cluster',
    severity: 'warning',
    why: 'The groups of a SecurityGroupPolicy replace the cluster security group. Without it, or equal rules (to the control plane, port 10250 from it, port 53 to CoreDNS), a Fargate pod stays Pending or is cut off, and no message says why. Which group is that of the cluster cannot be seen in a manifest: acknowledge the finding once it is there. One finding for the whole run.',
    source: securityGroupsPage,
    judges: 'kind',
    group: 'vpcresources.k8s.aws',
    kind: 'SecurityGroupPolicy',
    check: ({ root }) =>
      root.get('spec').get('securityGroups').get('groupIds').texts().some(isUnresolved)
        ? []
        : [
            {
              text: 'pods stay Pending where the cluster security group is not among the groupIds',
              fix: 'Add it, or rules equal to its own.',
            },
          ],
  },
];
