/** What runs, and hurts later: costs that do not end, patches that cannot evict. */
import type { KubeObject } from '../manifest/kube-object';
import { jobSpec } from '../manifest/pod';
import type { Rule } from './rule';
import { fargatePage, podConfigurationPage } from './sources';

/** Helm and Argo CD delete a finished hook Job themselves when an annotation says so. */
const hookDeletion: Readonly<Record<string, string>> = {
  'helm.sh/hook-delete-policy': 'hook-succeeded',
  'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded',
};

function deletedAsHook({ root }: KubeObject): boolean {
  const annotations = root.get('metadata').get('annotations').strings();
  return Object.entries(hookDeletion).some(([key, policy]) => annotations[key]?.includes(policy) === true);
}

/** A CronJob that keeps no finished Job leaves none behind. */
function keepsHistory({ kind, root }: KubeObject): boolean {
  const kept = (key: string, byDefault: number): number => root.get('spec').get(key).integer() ?? byDefault;
  return kind === 'Job' || kept('successfulJobsHistoryLimit', 3) + kept('failedJobsHistoryLimit', 1) > 0;
}

export const operationsRules: readonly Rule[] = [
  {
    id: 'job-without-ttl',
    severity: 'warning',
    why: 'A finished pod keeps its Fargate node, and bills, until it is deleted.',
    source: fargatePage,
    judges: 'object',
    check: (object) => {
      const spec = object.group === 'batch' ? jobSpec(object) : undefined;
      if (spec === undefined || spec.get('ttlSecondsAfterFinished').present) {
        return [];
      }
      return deletedAsHook(object) || !keepsHistory(object)
        ? []
        : [
            {
              text: 'its finished pods keep billing on Fargate',
              fix: `Set ${spec.get('ttlSecondsAfterFinished').path}, for example to 300.`,
            },
          ];
    },
  },
  {
    id: 'capacity-annotation',
    severity: 'warning',
    why: 'Fargate writes the annotation CapacityProvisioned; it does not read it.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ metadata }) => {
      const annotation = metadata.get('annotations').get('CapacityProvisioned');
      return annotation.present
        ? [
            {
              text: 'the annotation CapacityProvisioned has no effect: Fargate sizes a pod by its requests',
              fix: 'Remove it, and set resources.requests.',
            },
          ]
        : [];
    },
  },
];
