/** What runs, and hurts later: costs that do not end, patches that cannot evict. */
import { isUnresolved, type Field } from '../field';
import { readable, type KubeObject } from '../kube-object';
import { isKind, type CheckedPod, type Facts, type Problem, type Rule } from './rule';
import { DISRUPTION_BUDGETS, FARGATE, POD_CONFIGURATION, POD_PATCHING } from './sources';

/** Helm and Argo CD delete a finished hook Job themselves when told so. */
const HOOK_DELETION: Readonly<Record<string, string>> = {
  'helm.sh/hook-delete-policy': 'hook-succeeded',
  'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded',
};

function deletedAsHook({ root }: KubeObject): boolean {
  const annotations = root.get('metadata').get('annotations').strings();
  return Object.entries(HOOK_DELETION).some(([key, policy]) => annotations[key]?.includes(policy) === true);
}

/** The spec of a Job, or of the Jobs a CronJob makes. */
function jobSpec(object: KubeObject): Field | undefined {
  if (isKind(object, 'batch', 'Job')) {
    return object.root.get('spec');
  }
  return isKind(object, 'batch', 'CronJob')
    ? object.root.get('spec').get('jobTemplate').get('spec')
    : undefined;
}

/** A CronJob that keeps no finished Job leaves none behind. */
function keepsHistory({ kind, root }: KubeObject): boolean {
  const kept = (key: string, byDefault: number): number => root.get('spec').get(key).integer() ?? byDefault;
  return kind === 'Job' || kept('successfulJobsHistoryLimit', 3) + kept('failedJobsHistoryLimit', 1) > 0;
}

/** Whether a label selector, other than an absent one, takes the labels. */
function selects(selector: Field, labels: Readonly<Record<string, string>>): boolean {
  const matchLabels = Object.entries(selector.get('matchLabels').strings());
  return (
    matchLabels.every(([key, value]) => labels[key] === value) &&
    selector
      .get('matchExpressions')
      .items()
      .every((requirement) => meets(requirement, labels))
  );
}

function meets(requirement: Field, labels: Readonly<Record<string, string>>): boolean {
  const key = requirement.get('key').text() ?? '';
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const listed = value !== undefined && requirement.get('values').texts().includes(value);
  switch (requirement.get('operator').text()) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** The budgets of a set of objects, found by a pod's namespace and labels without trying each of them. */
class Budgets {
  readonly #byLabel = new Map<string, KubeObject[]>();

  constructor(objects: readonly KubeObject[]) {
    for (const object of objects.filter((candidate) => isKind(candidate, 'policy', 'PodDisruptionBudget'))) {
      const key = Budgets.#key(object.namespace ?? '', firstLabel(object));
      const sharing = this.#byLabel.get(key);
      if (sharing === undefined) {
        this.#byLabel.set(key, [object]);
      } else {
        sharing.push(object);
      }
    }
  }

  of({ namespace, labels }: CheckedPod): readonly KubeObject[] {
    return [undefined, ...Object.entries(labels)]
      .flatMap((label) => this.#byLabel.get(Budgets.#key(namespace, label)) ?? [])
      .filter(({ root }) => {
        const selector = root.get('spec').get('selector');
        return selector.present && selects(selector, labels);
      })
      .toSorted((a, b) => a.index - b.index);
  }

  static #key(namespace: string, label: readonly [string, string] | undefined): string {
    return JSON.stringify([namespace, label ?? null]);
  }
}

function firstLabel({ root }: KubeObject): readonly [string, string] | undefined {
  return Object.entries(root.get('spec').get('selector').get('matchLabels').strings())[0];
}

function labelsKnown({ labels }: CheckedPod): boolean {
  return !Object.values(labels).some(isUnresolved);
}

/** How a budget leaves no pod to evict, whatever the number of ready pods; undefined when it leaves one. */
function blocks(budget: KubeObject, count: number | null): string | undefined {
  const spec = budget.root.get('spec');
  const amount = (key: string): string | undefined => {
    const { value } = spec.get(key);
    return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
  };
  const maxUnavailable = amount('maxUnavailable');
  const minAvailable = amount('minAvailable');
  if (maxUnavailable === '0' || maxUnavailable === '0%') {
    return `maxUnavailable ${maxUnavailable}`;
  }
  if (minAvailable === '100%') {
    return 'minAvailable 100%';
  }
  return count !== null &&
    minAvailable !== undefined &&
    /^\d+$/u.test(minAvailable) &&
    Number(minAvailable) >= count
    ? `minAvailable ${minAvailable} with ${count} replica${count === 1 ? '' : 's'}`
    : undefined;
}

function blockedPods(facts: Facts): readonly (Problem & { readonly object: KubeObject })[] {
  const budgets = new Budgets(facts.objects);
  return facts.pods
    .filter((pod) => pod.count !== 0 && labelsKnown(pod))
    .flatMap((pod) =>
      budgets.of(pod).flatMap((budget) => {
        const how = blocks(budget, pod.count);
        return how === undefined
          ? []
          : [
              {
                object: budget,
                text: `${how} lets no pod of ${pod.object.label} be evicted, so a Fargate patch deletes it without regard to the budget. Write maxUnavailable: 1, or run one replica more.`,
              },
            ];
      }),
    );
}

export const operationsRules: readonly Rule[] = [
  {
    id: 'job-without-ttl',
    severity: 'warning',
    why: 'A finished pod keeps its Fargate node, and bills, until it is deleted.',
    source: FARGATE,
    judges: 'object',
    check: (object) => {
      const spec = jobSpec(object);
      if (spec === undefined || spec.get('ttlSecondsAfterFinished').present) {
        return [];
      }
      return deletedAsHook(object) || !keepsHistory(object)
        ? []
        : [
            {
              text: `without ttlSecondsAfterFinished its finished pods keep billing on Fargate. Set ${spec.get('ttlSecondsAfterFinished').path}, for example to 300.`,
            },
          ];
    },
  },
  {
    id: 'several-budgets',
    severity: 'warning',
    why: 'Eviction fails for a pod with more than one PodDisruptionBudget: a Fargate patch then deletes the pod.',
    source: POD_PATCHING,
    judges: 'together',
    check: ({ objects, pods }) => {
      const budgets = new Budgets(objects);
      return pods.filter(labelsKnown).flatMap((pod) => {
        const matching = budgets.of(pod);
        return matching.length < 2
          ? []
          : [
              {
                object: pod.object,
                text: `${matching.length} PodDisruptionBudgets match its pods (${matching.map(({ name }) => readable(name)).join(', ')}), so no eviction succeeds. Leave one, or narrow their selectors.`,
              },
            ];
      });
    },
  },
  {
    id: 'budget-blocks-eviction',
    severity: 'warning',
    why: 'EKS patches Fargate pods by evicting them; those it cannot evict it deletes.',
    source: DISRUPTION_BUDGETS,
    judges: 'together',
    check: blockedPods,
  },
  {
    id: 'capacity-annotation',
    severity: 'warning',
    why: 'Fargate writes the annotation CapacityProvisioned; it does not read it.',
    source: POD_CONFIGURATION,
    judges: 'pod',
    check: ({ metadata }) => {
      const annotation = metadata.get('annotations').get('CapacityProvisioned');
      return annotation.present
        ? [
            {
              text: `the annotation CapacityProvisioned has no effect: Fargate sizes a pod by its requests. Remove ${annotation.path} and set resources.requests.`,
            },
          ]
        : [];
    },
  },
];
