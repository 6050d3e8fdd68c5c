import { broken, followsRollout, held, type Check } from './check';
import type { ClusterView } from './look-at-cluster';
import type { PrunedObject } from './read-pruned-objects';
import { plannedObjects, type PodSubject } from './workload';

/** Minor versions that a kubelet may be older than the API server: kubernetes.io/releases/version-skew-policy. */
const mostMinorsOlder = 3;

/** Whether the control plane supports the kubelet of a pod, which stays as it is until the pod is made again. */
export const kubeletCheck: Check<ClusterView, PodSubject> = {
  id: 'kubelet-version',
  step: 6,
  title: 'kubelet versions',
  usualCause:
    'the pod is older than the last upgrades of the cluster: `kubectl rollout restart` makes new pods, on nodes of the new version',
  subjects: ({ pods }) => pods(),
  judge: ({ node }, { minorVersion }) => {
    const version = node()?.status?.nodeInfo?.kubeletVersion;
    const minor = Number(/^v1\.(\d+)/u.exec(version ?? '')?.[1]);
    const newest = minorVersion();
    if (version === undefined) {
      return followsRollout;
    }
    return minor <= newest && minor >= newest - mostMinorsOlder
      ? held(`1.${minor} with a control plane of 1.${newest}`)
      : broken(`1.${newest - mostMinorsOlder} to 1.${newest}`, version);
  },
};

/** Whether the cluster has objects of the stacks that the plan does not have. */
export const leftBehindCheck: Check<ClusterView> = {
  id: 'left-behind',
  step: 6,
  title: 'left behind',
  usualCause:
    '`kubectl apply --prune` deletes no object of these kinds when it leaves a chart, and the kubectl handler reports a failed delete as done: look at each, and delete it with kubectl',
  subjects: ({ plan }) => [{ label: plan.clusterName }],
  judge: (_cluster, { plan, pruned }) => {
    const planned = new Set(plannedObjects(plan).map((object) => `${object.group} ${nameOf(object)}`));
    const extra = pruned().filter((object) => !planned.has(`${object.group} ${nameOf(object)}`));
    return extra.length === 0 ? held('nothing') : broken('nothing', extra.map(nameOf).toSorted().join(', '));
  },
};

function nameOf({ kind, namespace, name }: Omit<PrunedObject, 'group'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
