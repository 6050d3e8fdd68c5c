import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { Closing } from './closed-pods';

type Labels = Readonly<Record<string, string>>;

/** What is wrong with a closing, seen from the pods of the namespace: a policy without pods is applied, and does nothing. */
export function closingProblems(
  plan: FargatePlan,
  namespace: string,
  { name, pods, port, from }: Closing,
): string[] {
  const all = plan.check().pods.filter((pod) => pod.namespace === namespace);
  const closed = all.filter(({ labels }) => selects(pods, labels));
  const subject = `SecurityGroupPolicy ${namespace}/${name}`;
  const both = closed.find(({ labels }) => selects(from, labels));
  return [
    ...[pods, from]
      .filter((labels) => !all.some((pod) => selects(labels, pod.labels)))
      .map(
        (labels) =>
          `${subject}: no pod has the labels ${format(labels)}, so port ${port} would ${labels === pods ? 'stay open to all' : 'be closed to all'}. Write labels that the pod template has.`,
      ),
    ...(both === undefined
      ? []
      : [
          `${subject}: ${both.object} is closed, and a client of itself, which would open it to all. Write labels that tell the two apart.`,
        ]),
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
