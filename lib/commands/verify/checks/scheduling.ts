import type { Check, Verdict } from '../check';
import { formatLabels } from '../check';
import { deploymentEvidence } from '../deployment-evidence';
import type { ExpectedState, ExpectedWorkload } from '../expected';
import { judgeAll, judgeWorkloads, subjectsOf } from '../judge-workloads';
import { likelyCause } from '../likely-cause';
import type { ObservedState, ObservedWorkloads } from '../observed';
import { labelsTitle, notTakenBecause, placementTitle } from '../not-taken';
import { podEvidence } from '../pod-evidence';
import { describeNode, misplacementOf, nodeOf, placementCheck } from '../placement';
import { deploymentOf, hasLabels, isReady, podsOf, rolloutOf } from '../rollout';

const rollout: Check = {
  id: 'rollout',
  step: 3,
  title: 'rollout',
  usualCause: 'a container does not become ready: `kubectl logs` of the pod named in the evidence says why',
  judge: (expected, observed) =>
    judgeWorkloads(observed, 'complete', (seen) => judgeRollout(expected, observed, seen)),
};

const labels: Check = {
  id: 'pod-labels',
  step: 3,
  title: labelsTitle,
  usualCause:
    'the Deployment was edited by hand, or the label is on the Deployment instead of in spec.template.metadata.labels: deploy the variant again',
  judge: (expected, observed) => {
    const wanted = describeEach(expected, (workload) => formatLabels(workload.labels) || 'needs none');
    return judgeWorkloads(observed, wanted, (seen) =>
      judgeAll(subjectsOf(expected, seen), observed, wanted, wanted, ({ workload, pod }) => {
        const lacking = Object.entries(workload.labels).filter(([key, value]) => pod.labels[key] !== value);
        return lacking.length === 0
          ? { ok: true }
          : {
              problem: `${pod.name} lacks ${formatLabels(Object.fromEntries(lacking))}`,
              evidence: [`Pod ${pod.name} carries ${formatLabels(pod.labels) || 'none'}`],
            };
      }),
    );
  },
};

const placement: Check = {
  id: 'on-fargate',
  step: 3,
  title: placementTitle,
  usualCause:
    'the pod was made before the profile matched it, and is not scheduled a second time: delete it, and its ReplicaSet makes another one',
  judge: (expected, observed) =>
    judgeWorkloads(observed, placementCheck, (seen) =>
      judgeAll(subjectsOf(expected, seen), observed, placementCheck, placementCheck, ({ workload, pod }) => {
        if (!hasLabels(pod, workload.labels)) {
          return { follows: labelsTitle };
        }
        const misplacement = misplacementOf(workload, pod, observed.nodes);
        if (misplacement !== null) {
          return { problem: `${pod.name}: ${misplacement}` };
        }
        if (pod.nodeName === null) {
          return { follows: 'rollout' };
        }
        if ('notSeen' in observed.nodes) {
          return { notSeen: observed.nodes.notSeen };
        }
        return { ok: true, evidence: [`${pod.name}: ${describeNode(nodeOf(pod, observed.nodes.seen))}`] };
      }),
    ),
};

/** Step 3: every pod runs, and runs on Fargate. */
export const schedulingChecks: readonly Check[] = [rollout, labels, placement];

function describeEach(expected: ExpectedState, describe: (workload: ExpectedWorkload) => string): string {
  return expected.workloads.map((workload) => `${workload.name} ${describe(workload)}`).join('; ');
}

/**
 * An incomplete rollout is a failure of its own only where a pod that is labelled and placed as it should be is
 * not ready. A pod that Fargate never took cannot become ready: the check that says so is the one to mend.
 */
function judgeRollout(expected: ExpectedState, observed: ObservedState, seen: ObservedWorkloads): Verdict {
  const states = expected.workloads.map((workload) => rolloutOf(workload, seen));
  const texts = states.map(({ text }) => text).join('; ');
  const incomplete = states.filter(({ phase }) => phase !== 'complete');
  if (incomplete.length === 0) {
    return { status: 'held', expected: 'complete', observed: `complete: ${texts}` };
  }
  const explanations = incomplete.map(({ workload }) => explanationOf(workload, observed, seen));
  if (explanations.every((explanation) => explanation !== null)) {
    const causes = [...new Set(explanations)].join('", "');
    return { status: 'unknown', expected: 'complete', observed: `${texts}; follows from "${causes}"` };
  }
  const evidence = incomplete.flatMap(({ workload }) => {
    const deployment = deploymentOf(workload, seen);
    const unready = podsOf(workload, seen).current.filter((pod) => !isReady(pod));
    return [
      ...(deployment === undefined ? [] : deploymentEvidence(deployment)),
      ...unready.flatMap((pod) => podEvidence(pod, observed)),
    ];
  });
  const cause = likelyCause([...evidence, ...incomplete.map(({ text }) => text)]);
  return {
    status: 'broken',
    expected: 'complete',
    observed: texts,
    evidence,
    ...(cause === null ? {} : { likelyCause: cause }),
  };
}

/** Title of the check that explains why a workload is not complete, or `null` if none does. */
function explanationOf(
  workload: ExpectedWorkload,
  observed: ObservedState,
  seen: ObservedWorkloads,
): string | null {
  const unready = podsOf(workload, seen).current.filter((pod) => !isReady(pod));
  const causes = unready.map((pod) => notTakenBecause({ workload, pod }, observed));
  return causes.length > 0 && causes.every((cause) => cause !== null) ? (causes[0] ?? null) : null;
}
