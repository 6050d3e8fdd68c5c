/** SecurityGroupPolicies: the security groups that pods are in, instead of that of the cluster. */
import { groupValues } from '../group-values';
import { isUnresolved } from '../manifest/field';
import { readable, type KubeObject } from '../manifest/kube-object';
import { LabelIndex, readSelector } from '../manifest/label-selector';
import { shortList } from '../words';
import { isKind, type CheckedPod, type Facts, type Problem, type Rule } from './rule';
import { securityGroupsPage, securityGroupQuotaPage } from './sources';

const group = 'vpcresources.k8s.aws';
const kind = 'SecurityGroupPolicy';

/** Quota of a network interface, unless it was raised. */
const usualGroups = 5;

function groupIds({ root }: KubeObject): readonly string[] {
  return root.get('spec').get('securityGroups').get('groupIds').texts();
}

/** The policies of each pod: those whose selectors select it, that of pods and that of ServiceAccounts. */
function policiesByPod(
  { objects, pods }: Facts,
  policies: readonly KubeObject[],
): ReadonlyMap<CheckedPod, readonly KubeObject[]> {
  const asked = policies.length > 0;
  const podIndex = new LabelIndex(asked ? pods : []);
  const accountIndex = new LabelIndex(asked ? serviceAccounts(objects) : []);
  return groupValues(
    policies.flatMap((policy) => {
      const namespace = policy.namespace ?? '';
      const spec = policy.root.get('spec');
      const podSelector = spec.get('podSelector');
      const accountSelector = spec.get('serviceAccountSelector');
      // A policy without both selects no pod.
      if (!podSelector.present && !accountSelector.present) {
        return [];
      }
      const accounts = new Set(
        accountIndex.select(namespace, readSelector(accountSelector)).map(({ name }) => name),
      );
      return podIndex
        .select(namespace, readSelector(podSelector))
        .filter(
          (pod) =>
            !accountSelector.present || accounts.has(pod.spec.get('serviceAccountName').text() ?? 'default'),
        )
        .map((pod) => [pod, policy] as const);
    }),
  );
}

function serviceAccounts(objects: readonly KubeObject[]) {
  return objects
    .filter((object) => isKind(object, '', 'ServiceAccount'))
    .map(({ name, namespace = '', root }) => ({
      name,
      namespace,
      labels: root.get('metadata').get('labels').strings(),
    }));
}

function tooMany(policies: readonly KubeObject[], whose: string): readonly Problem[] {
  const groups = new Set(policies.flatMap(groupIds));
  return groups.size <= usualGroups
    ? []
    : [
        {
          text: `${whose} ${groups.size} security groups, and a network interface is in at most ${usualGroups} by default`,
          fix: 'Join some of them, or have the quota raised, to 16 at most.',
        },
      ];
}

export const securityGroupRules: readonly Rule[] = [
  {
    id: 'security-group-count',
    severity: 'warning',
    why: 'A pod is in the security groups of all policies that select it. EC2 allows five for a network interface, or up to 16 where the quota "Security groups per network interface" was raised: with more, pods do not start. (Older controllers refuse more than five in one policy, too, until amazon-vpc-resource-controller-k8s#583. Which one EKS runs is unverified.)',
    source: securityGroupQuotaPage,
    judges: 'together',
    check: (facts) => {
      const policies = facts.objects.filter((object) => isKind(object, group, kind));
      return [
        ...policies.flatMap((object) => tooMany([object], 'has').map((problem) => ({ ...problem, object }))),
        ...[...policiesByPod(facts, policies)]
          .filter(([, together]) => together.every((policy) => tooMany([policy], '').length === 0))
          .flatMap(([{ object }, together]) =>
            tooMany(
              together,
              `${together.length} SecurityGroupPolicies (${shortList(together.map(({ name }) => readable(name)))}) give its pods`,
            ).map((problem) => ({ ...problem, object })),
          ),
      ];
    },
  },
  {
    id: 'security-group-of-cluster',
    severity: 'warning',
    why: 'The groups of a SecurityGroupPolicy replace the cluster security group. Without it, or equal rules (to the control plane, port 10250 from it, port 53 to CoreDNS), a Fargate pod stays Pending or is cut off, and no message says why. Which group is that of the cluster cannot be seen in a manifest: acknowledge the finding once it is there. One finding for the whole run.',
    source: securityGroupsPage,
    judges: 'kind',
    group,
    kind,
    check: (object) =>
      groupIds(object).some(isUnresolved)
        ? []
        : [
            {
              text: 'pods stay Pending where the cluster security group is not among the groupIds',
              fix: 'Add it, or rules equal to its own.',
            },
          ],
  },
];
