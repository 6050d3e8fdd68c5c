import type { FargatePlan } from '../../../synthesis/fargate-plan';
import { CouldNotLook, type Seen } from '../../could-not-look';
import type { ClusterState } from '../aws/look-at-aws';
import type { Stack } from '../aws/deployed-stacks';
import { broken, compare, follows, held, type Check, type Subject } from '../check';
import type { PrunedObject } from '../cluster/read-pruned-objects';
import { plannedObjects, type PodSubject } from '../cluster/workload';
import { otherRevision } from './role';
import { rolloutTitle } from './scheduling';

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

/** Minor versions that a kubelet may be older than the API server: kubernetes.io/releases/version-skew-policy. */
const mostMinorsOlder = 3;

/**
 * Whether the control plane supports the kubelet of a pod, which stays as it is until the pod is made again.
 *
 * @param minorVersion that of the API server: 36.
 */
export function kubeletCheck(minorVersion: Seen<number>): Check<PodSubject> {
  return {
    id: 'kubelet-version',
    title: 'kubelet versions',
    usualCause:
      'the pod is older than the last upgrades of the cluster: `kubectl rollout restart` makes new pods, on nodes of the new version',
    judge: ({ node }) => {
      const version = node()?.status?.nodeInfo?.kubeletVersion;
      const minor = Number(/^v1\.(\d+)/u.exec(version ?? '')?.[1]);
      const newest = minorVersion();
      if (version === undefined) {
        return follows(rolloutTitle);
      }
      return minor <= newest && minor >= newest - mostMinorsOlder
        ? held(`1.${minor} with a control plane of 1.${newest}`)
        : broken(`1.${newest - mostMinorsOlder} to 1.${newest}`, version);
    },
  };
}

/** Whether the cluster has objects of the stacks that the plan does not have. */
export function leftBehindCheck(plan: FargatePlan, pruned: Seen<readonly PrunedObject[]>): Check<Subject> {
  return {
    id: 'left-behind',
    title: 'left behind',
    usualCause:
      '`kubectl apply --prune` deletes no object of these kinds when it leaves a chart, and the kubectl handler reports a failed delete as done: look at each, and delete it with kubectl',
    judge: () => {
      const planned = new Set(plannedObjects(plan).map((object) => `${object.group} ${nameOf(object)}`));
      const extra = pruned().filter((object) => !planned.has(`${object.group} ${nameOf(object)}`));
      return extra.length === 0
        ? held('nothing')
        : broken('nothing', extra.map(nameOf).toSorted().join(', '));
    },
  };
}

function nameOf({ kind, namespace, name }: Omit<PrunedObject, 'group'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
