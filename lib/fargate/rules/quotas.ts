/**
 * ResourceQuotas: the API server refuses a pod that goes beyond one. A Deployment says so in an event only.
 *
 * Quotas with a scope hold for some of the pods, and are not judged.
 */
import { groupValues } from '../group-values';
import type { KubeObject } from '../manifest/kube-object';
import { formatBytes, formatCores, nanoPerUnit, toUnits, type Nano } from '../manifest/quantity';
import { effectiveRequest, readAmounts, type Amount } from '../sizing/pod-request';
import { shortList } from '../words';
import { isKind, type CheckedPod, type Facts, type Problem, type Rule } from './rule';
import { deploymentsPage, resourceQuotasPage } from './sources';

/** One limit of one quota, and the pods of its namespace. */
interface Limit {
  readonly quota: KubeObject;
  /** As the quota has it: `pods`, `requests.memory`. */
  readonly resource: string;
  readonly hard: Amount;
  readonly pods: readonly CheckedPod[];
}

/** `requests.cpu`, which may also be written `cpu`, in its two parts. */
function containerResource(resource: string): {
  readonly side: 'requests' | 'limits';
  readonly name: string;
} {
  const [, side, name = ''] =
    /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/u.exec(resource) ?? [];
  return { side: side === 'limits' ? 'limits' : 'requests', name };
}

function limitsOf(facts: Facts): readonly Limit[] {
  const quotas = facts.objects.filter((object) => isKind(object, '', 'ResourceQuota'));
  if (quotas.length === 0) {
    return [];
  }
  const pods = groupValues(
    [...facts.pods, ...facts.podsOffFargate].map((pod) => [pod.namespace, pod] as const),
  );
  return quotas.flatMap((quota) => {
    const spec = quota.root.get('spec');
    return spec.get('scopes').present || spec.get('scopeSelector').present
      ? []
      : [...readAmounts(spec.get('hard'), () => undefined)].map(([resource, hard]) => ({
          quota,
          resource,
          hard,
          pods: pods.get(quota.namespace ?? '') ?? [],
        }));
  });
}

/** What one pod counts for. Kubernetes counts what it requests, not what Fargate provisions and bills. */
function countsFor({ ask }: CheckedPod, resource: string): Nano {
  if (resource === 'pods' || resource === 'count/pods') {
    return nanoPerUnit;
  }
  const { side, name } = containerResource(resource);
  return effectiveRequest(
    ask.containers.map((asked) => ({ ...asked, requests: asked[side] })),
    name,
  );
}

function format(resource: string, nano: Nano): string {
  const { name } = containerResource(resource);
  return name === '' ? String(toUnits(nano)) : name === 'cpu' ? formatCores(nano) : formatBytes(nano);
}

/** A setting of a rolling update, as a number of pods: a number, or a percentage of all. */
function share(value: unknown, pods: number, round: (pods: number) => number): number {
  const [, percent] = /^(\d+)%$/u.exec(String(value ?? '25%')) ?? [];
  return percent === undefined ? Number(value) : round((Number(percent) * pods) / 100);
}

/** Whether an update starts a new pod before it ends an old one, and so cannot begin without room for it. */
function needsRoom({ object, count }: CheckedPod, end: 'min' | 'max'): boolean {
  const pods = count?.[end] ?? 0;
  const strategy = object.root.get('spec').get('strategy');
  if (!isKind(object, 'apps', 'Deployment') || pods === 0 || strategy.get('type').text() === 'Recreate') {
    return false;
  }
  const rolling = strategy.get('rollingUpdate');
  return (
    share(rolling.get('maxUnavailable').value, pods, Math.floor) === 0 &&
    share(rolling.get('maxSurge').value, pods, Math.ceil) > 0
  );
}

function runsAllTheTime({ run }: CheckedPod): boolean {
  return run === undefined;
}

/** What the pods of a namespace count for, and what an update adds. */
interface Need {
  readonly running: Nano;
  /** With one more pod, of the Deployment whose pods count most. */
  readonly updating: Nano;
  /** That Deployment; undefined where none needs room. */
  readonly updated: CheckedPod | undefined;
}

function need({ resource, pods }: Limit, end: 'min' | 'max'): Need {
  let running = 0n;
  let more = 0n;
  let updated: CheckedPod | undefined;
  for (const pod of pods.filter(runsAllTheTime)) {
    const each = countsFor(pod, resource);
    running += each * BigInt(pod.count?.[end] ?? 0);
    if (each > more && needsRoom(pod, end)) {
      more = each;
      updated = pod;
    }
  }
  return { running, updating: running + more, updated };
}

function owners({ pods }: Limit): string {
  return shortList(pods.filter(runsAllTheTime).map(({ object }) => object.label));
}

/** What every container has to set, because the quota counts it: only of CPU and memory, Kubernetes says so. */
function missing({ quota, resource, pods }: Limit): ReadonlyArray<Problem & { readonly object: KubeObject }> {
  const { side, name } = containerResource(resource);
  return name !== 'cpu' && name !== 'memory'
    ? []
    : pods
        .filter(({ spec, ask }) => ask.unresolved.length === 0 && !spec.get('resources').present)
        .flatMap(({ object, ask }) =>
          ask.containers
            .filter((asked) => !asked[side].has(name))
            .map(({ container }) => ({
              object,
              container,
              text: `${quota.label} counts ${side}.${name}, and the API server refuses a pod without it`,
              fix: `Set resources.${side}.${name}.`,
            })),
        );
}

export const quotaRules: readonly Rule[] = [
  {
    id: 'quota-request',
    severity: 'error',
    why: 'Where a ResourceQuota counts requests or limits of CPU or memory, the API server refuses a pod with a container that sets none. A Deployment is then applied, and has no pods.',
    source: resourceQuotasPage,
    judges: 'together',
    check: (facts) => limitsOf(facts).flatMap(missing),
  },
  {
    id: 'quota-too-small',
    severity: 'error',
    why: 'The API server refuses the pods that go beyond a ResourceQuota. It counts what pods request: the 256 MiB that Fargate adds to each, and the size that it rounds up to and bills, do not count.',
    source: resourceQuotasPage,
    judges: 'together',
    check: (facts) =>
      limitsOf(facts).flatMap((limit) => {
        const { quota: object, resource, hard } = limit;
        const { running } = need(limit, 'min');
        return running <= hard.nano
          ? []
          : [
              {
                object,
                text: `${resource} ${hard.text} is less than the ${format(resource, running)} of ${owners(limit)}, and the API server refuses the rest`,
                fix: `Raise it to ${format(resource, need(limit, 'max').updating)}, which has room for an update.`,
              },
            ];
      }),
  },
  {
    id: 'quota-update',
    severity: 'error',
    why: 'A rolling update starts a new pod first, unless it may stop an old one (maxUnavailable, by default a quarter of the pods, rounded down: none of fewer than four). A quota without room for it lets the first deploy pass, and no later one. (Of manifests on their way to any cluster this is not said: they may never be updated.)',
    source: deploymentsPage,
    onlyInTemplate: true,
    judges: 'together',
    check: (facts) =>
      limitsOf(facts).flatMap((limit) => {
        const { quota: object, resource, hard } = limit;
        const { running, updating, updated } = need(limit, 'min');
        return updated === undefined || running > hard.nano || updating <= hard.nano
          ? []
          : [
              {
                object,
                text: `${resource} ${hard.text} has room for the ${format(resource, running)} of ${owners(limit)}, but not for one more pod, with which an update of ${updated.object.label} begins: it never ends`,
                fix: `Raise it to ${format(resource, need(limit, 'max').updating)}, or set strategy.rollingUpdate.maxUnavailable: 1, which stops a pod first.`,
              },
            ];
      }),
  },
  {
    id: 'quota-maximum',
    severity: 'warning',
    why: 'An autoscaler that a ResourceQuota stops says so in an event only; and at its maximum, an update needs room for one more pod.',
    source: resourceQuotasPage,
    judges: 'together',
    check: (facts) =>
      limitsOf(facts).flatMap((limit) => {
        const { quota: object, resource, hard } = limit;
        const most = need(limit, 'max');
        return need(limit, 'min').updating > hard.nano || most.updating <= hard.nano
          ? []
          : [
              {
                object,
                text: `${resource} ${hard.text} is less than the ${format(resource, most.updating)} of ${owners(limit)} at the maximum of their autoscalers${most.updated ? ', with one more pod for an update' : ''}`,
                fix: `Raise it to ${format(resource, most.updating)}, or lower maxReplicas.`,
              },
            ];
      }),
  },
];
