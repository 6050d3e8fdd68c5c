import type { PodPlan } from '../../fargate/pod-plan';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { clientLabels, ClosedPods, type Closing } from './closed-pods';
import { exposedSelectors } from './exposed-selectors';

type Labels = Readonly<Record<string, string>>;

/**
 * What is wrong with a closing, seen from the pods of its namespace: a policy without pods is applied, and does nothing.
 *
 * @param all every closing of the cluster. A pod is in the groups of all policies that select it, so one can undo another.
 */
export function closingProblems(plan: FargatePlan, closing: Closing, all: readonly Closing[]): string[] {
  const { namespace } = closing.workload;
  const pods = plan.check().pods.filter((pod) => pod.namespace === namespace);
  const inNamespace = all.filter(({ workload }) => workload.namespace === namespace);
  return [
    ...withoutPods(closing, pods),
    ...openedAgain(closing, pods, inNamespace),
    ...outOfReach(closing, pods, exposedSelectors(plan, namespace)),
  ].map((problem) => `SecurityGroupPolicy ${namespace}/${problem}`);
}

function withoutPods(closing: Closing, pods: readonly PodPlan[]): string[] {
  const { name, port } = closing;
  const sides = [
    [closing.pods, 'stay open to all'],
    [clientLabels(closing), 'be closed to all'],
  ] as const;
  return sides
    .filter(([labels]) => !pods.some((pod) => selects(labels, pod.labels)))
    .map(
      ([labels, effect]) =>
        `${name}: no pod has the labels ${format(labels)}, so port ${port} would ${effect}. Write labels that the pod template has.`,
    );
}

/** Clients that are given by labels are in the group of the cluster. */
function openedAgain(closing: Closing, pods: readonly PodPlan[], all: readonly Closing[]): string[] {
  const { name, from } = closing;
  if (from instanceof ClosedPods) {
    return [];
  }
  const clients = pods.filter(({ labels }) => selects(from, labels));
  return all.flatMap((other) => {
    const both = clients.find(({ labels }) => selects(other.pods, labels));
    if (both === undefined) {
      return [];
    }
    return other === closing
      ? [
          `${name}: ${both.object} is closed, and a client of itself, which would open it to all. Write labels that tell the two apart.`,
        ]
      : [
          `${name}-clients: ${both.object} is closed by ${other.name}, and as a client it would be open to all again. Close ${other.name} first, and write what close returned as from.`,
        ];
  });
}

/** The load balancer may reach the group of the cluster only. */
function outOfReach(
  { name, pods: closed }: Closing,
  pods: readonly PodPlan[],
  exposed: readonly Labels[],
): string[] {
  const both = pods.find(
    ({ labels }) => selects(closed, labels) && exposed.some((selector) => selects(selector, labels)),
  );
  return both === undefined
    ? []
    : [
        `${name}: ${both.object} is exposed, and the load balancer would not reach it, as only clients do. Leave it open, or do not expose it.`,
      ];
}

function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function format(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')}}`;
}
