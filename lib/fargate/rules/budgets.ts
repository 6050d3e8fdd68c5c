/** PodDisruptionBudgets: EKS patches a Fargate pod by evicting it, and deletes it when a budget forbids that. */
import { groupValues } from '../group-values';
import { isUnresolved, type Field } from '../manifest/field';
import { readable, type KubeObject } from '../manifest/kube-object';
import { LabelIndex, readSelector } from '../manifest/label-selector';
import { shortList } from '../words';
import { isKind, type CheckedPod, type Facts, type Problem, type Rule } from './rule';
import { disruptionBudgetsPage, podPatchingPage } from './sources';

/** A budget, and all pods that count against it. */
interface Coverage {
  readonly budget: KubeObject;
  readonly pods: readonly CheckedPod[];
}

function labelsKnown({ labels }: CheckedPod): boolean {
  return !Object.values(labels).some(isUnresolved);
}

function coverages({ objects, pods }: Facts): readonly Coverage[] {
  const budgets = objects.filter((object) => isKind(object, 'policy', 'PodDisruptionBudget'));
  const index = new LabelIndex(budgets.length === 0 ? [] : pods.filter(labelsKnown));
  return budgets.map((budget) => {
    const selector = budget.root.get('spec').get('selector');
    return {
      budget,
      // An empty selector selects all pods of the namespace, an absent one none.
      pods: selector.present ? index.select(budget.namespace ?? '', readSelector(selector)) : [],
    };
  });
}

/** The budgets of each pod that has one. */
function budgetsByPod(facts: Facts): ReadonlyMap<CheckedPod, readonly KubeObject[]> {
  return groupValues(
    coverages(facts).flatMap(({ budget, pods }) => pods.map((pod) => [pod, budget] as const)),
  );
}

/** The setting of a budget that may forbid evictions, and from how many pods on it allows one. */
function threshold(spec: Field): { readonly setting: string; readonly enough: number } | undefined {
  const amount = (key: string): string => {
    const { value } = spec.get(key);
    return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  };
  const maxUnavailable = amount('maxUnavailable');
  if (maxUnavailable === '0' || maxUnavailable === '0%') {
    return { setting: `maxUnavailable ${maxUnavailable}`, enough: Number.POSITIVE_INFINITY };
  }
  // No other maxUnavailable forbids them all: a percentage of at least one pod is rounded up to at least one.
  const minAvailable = amount('minAvailable');
  const [, digits, percent] = /^(\d+)(%?)$/u.exec(minAvailable) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const least = Number(digits);
  return {
    setting: `minAvailable ${minAvailable}`,
    // Of n pods n * least / 100, rounded up, must stay: that is fewer than n from n = 100 / (100 - least) on.
    enough:
      percent === '' ? least + 1 : least < 100 ? Math.ceil(100 / (100 - least)) : Number.POSITIVE_INFINITY,
  };
}

/** How a budget forbids to evict any of its pods, and what to write instead; undefined when it allows one. */
function blocks({ budget, pods }: Coverage): Problem | undefined {
  const running = pods.filter(({ count }) => count?.min !== 0);
  const replicas = running.reduce((sum, { count }) => sum + (count?.min ?? 0), 0);
  const found = threshold(budget.root.get('spec'));
  if (found === undefined || replicas === 0 || replicas >= found.enough) {
    return undefined;
  }
  const { setting, enough } = found;
  const hopeless = enough === Number.POSITIVE_INFINITY;
  const how = hopeless ? setting : `${setting} with ${replicas} replica${replicas === 1 ? '' : 's'}`;
  const owners = shortList(running.map(({ object }) => object.label));
  return {
    text: `${how} blocks every eviction of ${owners}, so Fargate patching deletes the pods`,
    fix: `Write maxUnavailable: 1${hopeless ? '' : `, or run ${enough} replicas`}.`,
  };
}

export const budgetRules: readonly Rule[] = [
  {
    id: 'several-budgets',
    severity: 'warning',
    why: 'Eviction fails for a pod with more than one PodDisruptionBudget: a Fargate patch then deletes the pod.',
    source: podPatchingPage,
    judges: 'together',
    check: (facts) =>
      [...budgetsByPod(facts)]
        .filter(([, budgets]) => budgets.length > 1)
        .map(([{ object }, budgets]) => ({
          object,
          text: `${budgets.length} PodDisruptionBudgets match its pods (${shortList(budgets.map(({ name }) => readable(name)))}), so no eviction succeeds`,
          fix: 'Keep one, or narrow their selectors.',
        })),
  },
  {
    id: 'budget-blocks-eviction',
    severity: 'warning',
    why: 'EKS patches Fargate pods by evicting them; those it cannot evict it deletes. (Replicas are those of the manifest, or the minimum of a HorizontalPodAutoscaler beside it: one that an operator makes is not known.)',
    source: disruptionBudgetsPage,
    judges: 'together',
    check: (facts) =>
      coverages(facts).flatMap((coverage) => {
        const problem = blocks(coverage);
        return problem === undefined ? [] : [{ ...problem, object: coverage.budget }];
      }),
  },
];
