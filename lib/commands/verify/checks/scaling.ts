import type { Check } from '../check';
import type { Part } from '../judge-workloads';
import { combine, judgeAll, judgeWorkloads, subjectsOf } from '../judge-workloads';
import type { ObservedPod, ObservedState, ObservedWorkloads } from '../observed';
import { notTakenBecause } from '../not-taken';
import { nodeOf, zoneOf } from '../placement';
import { deploymentOf, podsOf, rolloutOf } from '../rollout';
import type { ExpectedState, ExpectedWorkload } from '../expected';

const replicas: Check = {
  id: 'replicas',
  step: 5,
  title: 'replicas',
  usualCause:
    'someone scaled the Deployment by hand, or another variant is deployed: deploy the variant that you want',
  judge: (expected, observed) => {
    const wanted = expected.workloads.map(({ name, replicas: count }) => `${name} ${count}`).join(', ');
    return judgeWorkloads(observed, wanted, (seen) =>
      judgeEachWorkload(expected, seen, wanted, (workload) => {
        const deployment = deploymentOf(workload, seen);
        if (deployment !== undefined && deployment.replicas !== workload.replicas) {
          return { problem: `${workload.name} ${deployment.replicas}` };
        }
        return unlessComplete(workload, seen) ?? { ok: true };
      }),
    );
  },
};

const onePodPerNode: Check = {
  id: 'one-pod-per-node',
  step: 5,
  title: 'nodes',
  usualCause: 'the pods run on EC2 nodes: Fargate gives each pod a node of its own',
  judge: (expected, observed) =>
    judgeWorkloads(observed, 'one pod on each', (seen) => {
      const subjects = subjectsOf(expected, seen);
      const pods = subjects.flatMap(({ pod }) => (pod === null ? [] : [pod]));
      return judgeAll(
        subjects,
        observed,
        'one pod on each',
        `one pod on each (${spread(pods, observed)})`,
        (subject) => {
          const { pod } = subject;
          if (pod.nodeName !== null) {
            const others = pods.filter((other) => other !== pod && other.nodeName === pod.nodeName);
            return others.length === 0
              ? { ok: true }
              : {
                  problem: `${pod.name} shares ${pod.nodeName} with ${others.map(({ name }) => name).join(', ')}`,
                };
          }
          return { follows: notTakenBecause(subject, observed) ?? 'rollout' };
        },
      );
    }),
};

/** Why a pod whose deletion was asked for is still there. */
const endingCause =
  'the pod is still ending (wait longer, with --timeout), or hangs in its deletion: metadata.finalizers in `kubectl get pod -o yaml` names whom it waits for, and where its node is gone nobody is left to end it (`kubectl delete pod --force`)';

const noLeftovers: Check = {
  id: 'no-leftover-pods',
  step: 5,
  title: 'leftover pods',
  usualCause:
    'the pod was evicted and stays as Failed, or lost its ReplicaSet. It keeps its Fargate node, and is billed, until it is deleted: `kubectl delete pod`',
  judge: (expected, observed) =>
    judgeWorkloads(observed, 'none', (seen) =>
      judgeEachWorkload(expected, seen, 'none', (workload) => {
        const unsettled = unlessComplete(workload, seen);
        const { old } = podsOf(workload, seen);
        if (unsettled !== null || old.length === 0) {
          return unsettled ?? { ok: true };
        }
        return {
          problem: old.map(({ name }) => name).join(', '),
          evidence: old.map(describeOld),
          ...(old.every(({ deletedAt }) => deletedAt !== null) ? { likelyCause: endingCause } : {}),
        };
      }),
    ),
};

/** Step 5: as many pods as wanted, each on its own node, and no others. */
export const scalingChecks: readonly Check[] = [replicas, onePodPerNode, noLeftovers];

function judgeEachWorkload(
  expected: ExpectedState,
  seen: ObservedWorkloads,
  wanted: string,
  judge: (workload: ExpectedWorkload, seen: ObservedWorkloads) => Part,
): ReturnType<typeof combine> {
  const parts = expected.workloads.map((workload) => ({ name: workload.name, part: judge(workload, seen) }));
  return combine(parts, wanted, wanted);
}

/** While a rollout is under way, pods of both revisions are as they should be. */
function unlessComplete(workload: ExpectedWorkload, seen: ObservedWorkloads): Part | null {
  return rolloutOf(workload, seen).phase === 'complete' ? null : { follows: 'rollout' };
}

function describeOld(pod: ObservedPod): string {
  const owner = pod.replicaSet === null ? 'no ReplicaSet' : `ReplicaSet ${pod.replicaSet}`;
  const end = pod.deletedAt === null ? '' : `, deletion asked for at ${pod.deletedAt}`;
  return `Pod ${pod.name}: ${owner}, phase ${pod.phase}, on ${pod.nodeName ?? 'no node'}${end}`;
}

/** `us-west-2a 2, us-west-2b 1`: pods in each zone. Fargate promises no spread, so it is shown and not judged. */
function spread(pods: readonly ObservedPod[], { nodes }: ObservedState): string {
  if (pods.length === 0) {
    return 'no pods';
  }
  if ('notSeen' in nodes) {
    return `${pods.length} pods`;
  }
  const zones = pods.map((pod) => zoneOf(nodeOf(pod, nodes.seen)));
  return [...new Set(zones)]
    .toSorted()
    .map((zone) => `${zone} ${zones.filter((other) => other === zone).length}`)
    .join(', ');
}
