import type { FargatePlan } from '../../synthesis/fargate-plan';
import { broken, compare, held, noted, type Check, type Subject } from '../cluster/check';
import { orElse } from '../could-not-look';
import type { Stack } from './deployed-stacks';
import type { DeploymentView } from './look-at-deployment';
import { otherRevision } from './roles';

/** Whether the last deploy came to its end. */
const stackCheck: Check<DeploymentView, Subject & { readonly stack: Stack }> = {
  id: 'stack-status',
  step: 6,
  title: 'stacks',
  usualCause:
    'the last deploy failed and was undone, so what runs is the one before: the events of the stack say what failed; `npx cdk deploy` tries again',
  subjects: ({ deployed }) => deployed.stacks.map((stack) => ({ label: stack.StackName, stack })),
  judge: ({ stack: { StackStatus: status } }) => {
    const usualCause = 'a deploy is under way: look again with --watch';
    return /^(CREATE|UPDATE|IMPORT)_COMPLETE$/u.test(status)
      ? held(status)
      : broken(
          'CREATE_COMPLETE or UPDATE_COMPLETE',
          status,
          status.endsWith('_IN_PROGRESS') ? { usualCause } : {},
        );
  },
};

const onlyCluster = ({ plan }: DeploymentView): readonly Subject[] => [{ label: plan.clusterName }];

/** Whether the cluster is up, and of the planned version. */
const clusterCheck: Check<DeploymentView> = {
  id: 'cluster',
  step: 6,
  title: 'cluster',
  usualCause: otherRevision,
  subjects: onlyCluster,
  judge: (_cluster, { plan, cluster }) => {
    const { status = 'gone', version = '' } = cluster() ?? {};
    return compare(`ACTIVE, Kubernetes ${plan.kubernetesVersion}`, `${status}, Kubernetes ${version}`);
  },
};

/** Whether the account may run all that is planned at the same time, where the caller may ask. */
const quotaCheck: Check<DeploymentView> = {
  id: 'vcpu-quota',
  step: 6,
  title: 'Fargate vCPU quota',
  usualCause:
    'the quota of a new account is low: ask for more (Service Quotas, AWS Fargate, "Fargate On-Demand vCPU resource count") before pods stay Pending',
  subjects: onlyCluster,
  judge: (_cluster, { environment, quota }) => {
    const needed = mostVcpus(environment.clusters);
    return orElse(
      () =>
        needed > quota()
          ? broken(`at least ${needed}`, String(quota()))
          : held(`${quota()}, of which the plan needs ${needed} at its maximum`),
      ({ message }) => noted(`not read; the plan needs ${needed} at its maximum. ${message}`),
    );
  },
};

/** vCPUs of all pods of some clusters, at the most that run at a time. Rolling updates need a few more. */
function mostVcpus(plans: readonly FargatePlan[]): number {
  return plans
    .flatMap((plan) => plan.check().pods)
    .map(({ count, size, helmTest }) => (helmTest ? 0 : ((count?.max ?? 0) * (size?.milliCpu ?? 0)) / 1_000))
    .reduce((sum, vcpus) => sum + vcpus, 0);
}

/** What an operator looks at in addition. */
export const operationsChecks: readonly Check<DeploymentView>[] = [stackCheck, clusterCheck, quotaCheck];
