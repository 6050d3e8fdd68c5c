import type { FargatePlan } from '../../../synthesis/fargate-plan';
import { CouldNotLook, type Seen } from '../../could-not-look';
import type { ClusterState } from '../aws/look-at-aws';
import type { Stack } from '../aws/deployed-stacks';
import { broken, compare, held, type Check, type Subject } from '../../cluster/check';
import { otherRevision } from './role';

export interface StackSubject extends Subject {
  readonly stack: Stack;
}

/** Whether the last deploy came to its end. */
export const stackCheck: Check<StackSubject> = {
  id: 'stack-status',
  title: 'stacks',
  usualCause:
    'the last deploy failed and was undone, so what runs is the one before: the events of the stack say what failed; `npx cdk deploy` tries again',
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

/** Whether the cluster is up, and of the planned version. */
export function clusterCheck(plan: FargatePlan, cluster: Seen<ClusterState | undefined>): Check<Subject> {
  return {
    id: 'cluster',
    title: 'cluster',
    usualCause: otherRevision,
    judge: () => {
      const { status = 'gone', version = '' } = cluster() ?? {};
      return compare(`ACTIVE, Kubernetes ${plan.kubernetesVersion}`, `${status}, Kubernetes ${version}`);
    },
  };
}

/** vCPUs of all pods of some clusters, at the most that run at a time. Rolling updates need a few more. */
export function mostVcpus(plans: readonly FargatePlan[]): number {
  return plans
    .flatMap((plan) => plan.check().pods)
    .map(({ count, size, helmTest }) => (helmTest ? 0 : ((count?.max ?? 0) * (size?.milliCpu ?? 0)) / 1_000))
    .reduce((sum, vcpus) => sum + vcpus, 0);
}

/** Whether the account may run all that is planned at the same time, where the caller may ask. */
export function quotaCheck(needed: number, quota: Seen<number>): Check<Subject> {
  return {
    id: 'vcpu-quota',
    title: 'Fargate vCPU quota',
    usualCause:
      'the quota of a new account is low: ask for more (Service Quotas, AWS Fargate, "Fargate On-Demand vCPU resource count") before pods stay Pending',
    judge: () => {
      try {
        return needed > quota()
          ? broken(`at least ${needed}`, String(quota()))
          : held(`${quota()}, of which the plan needs ${needed} at its maximum`);
      } catch (error) {
        if (error instanceof CouldNotLook) {
          const observed = `not read; the plan needs ${needed} at its maximum. ${error.message}`;
          return { status: 'noted', expected: '', observed };
        }
        throw error;
      }
    },
  };
}
