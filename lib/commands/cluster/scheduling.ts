import type { Node } from 'kubernetes-types/core/v1';
import type { PodPlan } from '../../fargate/pod-plan';
import {
  matchesSelector,
  matchesWildcard,
  profileLabel,
  type FargateProfile,
} from '../../fargate/sizing/profile';
import { likelyCause } from './causes';
import {
  broken,
  follows,
  followsRollout,
  formatLabels,
  held,
  noted,
  type Check,
  type Subject,
  type Verdict,
} from './check';
import { podEvidence, workloadEvidence } from './evidence';
import type { ClusterView } from './look-at-cluster';
import { isFinished, isReady } from './rollout';
import { notFollowedBecause, type PodSubject, type Workload } from './workload';

const scheduler = 'fargate-scheduler';
const computeTypeLabel = 'eks.amazonaws.com/compute-type';
const onFargate = `scheduled by ${scheduler} onto a fargate-… node with ${computeTypeLabel}=fargate`;

/** Whether pods carry the labels that their profile selects by. */
export const labelsCheck: Check<ClusterView, PodSubject> = {
  id: 'pod-labels',
  step: 3,
  title: 'pod labels',
  usualCause:
    'somebody edited the object by hand, or the label is on the object and not in its pod template: deploy again',
  subjects: ({ pods }) => pods(),
  judge: ({ pod, owner }, { plan }) => {
    if (pod === undefined) {
      return followsRollout;
    }
    const wanted = selectingLabels(owner.planned, plan.profiles);
    const { labels = {} } = pod.metadata ?? {};
    const lacking = wanted.filter(([key, value]) => labels[key] !== value);
    const expected = wanted.length === 0 ? 'needs none' : formatLabels(Object.fromEntries(wanted));
    return lacking.length === 0
      ? held(expected)
      : broken(expected, `lacks ${formatLabels(Object.fromEntries(lacking))}`, {
          evidence: [`labels: ${formatLabels(labels)}`],
        });
  },
};

/** Those of the planned labels that the profile selects by. Pods carry more. */
function selectingLabels(
  planned: PodPlan,
  profiles: readonly FargateProfile[],
): readonly (readonly [string, string])[] {
  const patterns = profiles
    .filter(({ name }) => name === planned.profile)
    .flatMap(({ selectors }) => selectors)
    .filter((selector) => matchesSelector(selector, planned))
    .flatMap(({ labels = {} }) => Object.entries(labels));
  return Object.entries(planned.labels).filter(([key, value]) =>
    patterns.some(([forKey, forValue]) => matchesWildcard(forKey, key) && matchesWildcard(forValue, value)),
  );
}

/** Whether Fargate runs a pod, on the profile that was planned. */
export const placementCheck: Check<ClusterView, PodSubject> = {
  id: 'on-fargate',
  step: 3,
  title: 'placement',
  usualCause:
    'the pod was made before the profile matched it, and nobody schedules it a second time: delete it, and its owner makes another one',
  after: ['pod-labels'],
  subjects: ({ pods }) => pods(),
  judge: (subject) => {
    const { pod, label, node } = subject;
    const misplacement = misplacementOf(subject);
    if (misplacement !== undefined) {
      return broken(onFargate, misplacement, { evidence: podEvidence(subject) });
    }
    const name = pod?.spec?.nodeName;
    return name === undefined ? followsRollout : held(onFargate, [`${label}: ${describeNode(name, node())}`]);
  },
};

/**
 * What is wrong with where a pod was put; undefined where nothing is, or it has not been put anywhere yet.
 *
 * The profile label is written by the admission webhook of Amazon EKS (seen on real clusters, e.g.
 * github.com/aws/containers-roadmap/issues/1976, and not documented as a promise): one that differs is wrong, one that
 * is missing says nothing.
 */
function misplacementOf({ pod, node, owner }: PodSubject): string | undefined {
  const { schedulerName, nodeName } = pod?.spec ?? {};
  const profile = pod?.metadata?.labels?.[profileLabel] ?? owner.planned.profile;
  if (pod !== undefined && schedulerName !== scheduler) {
    return `scheduled by ${schedulerName} onto ${nodeName ?? 'no node'}`;
  }
  if (profile !== owner.planned.profile) {
    return `on profile ${profile} instead of ${owner.planned.profile}`;
  }
  if (pod === undefined || nodeName === undefined) {
    return undefined;
  }
  const computeType = node()?.metadata?.labels?.[computeTypeLabel];
  if (!nodeName.startsWith('fargate-')) {
    return `on ${nodeName}`;
  }
  if (node() === undefined) {
    return isFinished(pod) ? undefined : `its node ${nodeName} is gone`;
  }
  return computeType === 'fargate'
    ? undefined
    : `on ${nodeName}, whose ${computeTypeLabel} is ${computeType ?? 'not set'}`;
}

/** Node, zone, operating system, kubelet and container runtime: what `kubectl describe node` is asked for. */
function describeNode(name: string, node: Node | undefined): string {
  const { osImage, kubeletVersion, containerRuntimeVersion } = node?.status?.nodeInfo ?? {};
  const zone = node?.metadata?.labels?.['topology.kubernetes.io/zone'] ?? 'unknown zone';
  return node
    ? [name, zone, osImage, `kubelet ${kubeletVersion}`, containerRuntimeVersion].join(', ')
    : `${name}, which is gone`;
}

/**
 * Whether what a workload asks for has happened. An incomplete rollout is a failure of its own only where a pod that is
 * labeled and placed as it should be is not ready. A pod that Fargate does not run cannot become ready: the check that
 * says so is the one to look at.
 */
export const rolloutCheck: Check<ClusterView, Workload> = {
  id: 'rollout',
  step: 3,
  title: 'rollout',
  usualCause: 'a container does not become ready: `kubectl logs` of the pod named in the evidence says why',
  subjects: ({ workloads }) => workloads(),
  judge: (workload, { pods, lists }, explain) => {
    const { phase, text } = workload.rollout;
    if (phase === 'complete') {
      return unwantedPause(workload) ?? held(text);
    }
    const unready = pods().filter(
      ({ owner, pod }) => owner === workload && pod && !isReady(pod) && !isFinished(pod),
    );
    const explanations = unready.map((pod) => explain(['pod-labels', 'on-fargate'], pod));
    const [explanation] = explanations;
    if (
      explanation !== undefined &&
      explanations.every((other) => other !== undefined && other !== followsRollout.follows)
    ) {
      return { ...follows(explanation), observed: `${text}; follows from "${explanation}"` };
    }
    const observed = phase === 'missing' ? `no such ${workload.planned.kind}` : text;
    const evidence = [...workloadEvidence(workload, lists.events), ...unready.flatMap(podEvidence)];
    const usualCause = likelyCause([...evidence, observed]);
    return broken('complete', observed, { evidence, ...(usualCause && { usualCause }) });
  },
};

/** A Job or CronJob that somebody suspended, and the plan does not. */
function unwantedPause({ live, planned: { kind, name, namespace, run } }: Workload): Verdict | undefined {
  const resume = `kubectl patch ${kind.toLowerCase()} ${name} -n ${namespace} -p '{"spec":{"suspend":false}}'`;
  return live?.spec?.suspend && run?.suspended === false
    ? broken('not suspended', 'suspended', {
        usualCause: `somebody suspended it: \`${resume}\` lets it go on`,
      })
    : undefined;
}

/** What has pods that nobody looks at, with the reason: named, and spoils nothing. */
export const notFollowedCheck: Check<ClusterView, Subject & { readonly reason: string }> = {
  id: 'not-followed',
  step: 3,
  title: 'not followed',
  usualCause: '',
  subjects: ({ plan }) =>
    plan.check().pods.flatMap((pod) => {
      const reason = notFollowedBecause(pod);
      return reason === undefined ? [] : [{ label: pod.object, reason }];
    }),
  judge: ({ reason }) => noted(reason),
};
