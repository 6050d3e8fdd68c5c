import type { Condition } from 'kubernetes-types/meta/v1';
import type { KubeObject } from '../../fargate/manifest/kube-object';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { see, type Seen } from '../could-not-look';
import { findObject, type KubernetesApi } from '../kubernetes/kubernetes-api';
import { broken, held, type Check } from './check';
import type { ClusterView } from './look-at-cluster';
import { deletedByHand } from './scaling';
import { plannedObjects } from './workload';

/** An ExternalSecret of the cluster, as far as it is judged. */
export interface ExternalSecret {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** What a cluster has of the planned ExternalSecrets, by their labels. */
export type ExternalSecrets = ReadonlyMap<string, Seen<ExternalSecret | undefined>>;

/** Reads each ExternalSecret of a plan. */
export async function readExternalSecrets(plan: FargatePlan, api: KubernetesApi): Promise<ExternalSecrets> {
  return new Map(
    await Promise.all(
      plannedExternalSecrets(plan).map(async ({ label, namespace, name }) => {
        const path = `/apis/external-secrets.io/v1/namespaces/${namespace}/externalsecrets/${name}`;
        return [label, await see(() => findObject<ExternalSecret>(api, path))] as const;
      }),
    ),
  );
}

function plannedExternalSecrets(plan: FargatePlan): readonly KubeObject[] {
  return plannedObjects(plan).filter(
    ({ group, kind }) => group === 'external-secrets.io' && kind === 'ExternalSecret',
  );
}

/** Whether the Secret that is made of a secret in AWS is up to date. One that was made once stays, whatever comes after. */
export const externalSecretCheck: Check<ClusterView, KubeObject> = {
  id: 'external-secrets',
  step: 5,
  title: 'external secrets',
  usualCause:
    'the role of the ServiceAccount may not read the secret or its key, the secret is gone, or its value is not a JSON object, as the message says',
  subjects: ({ plan }) => plannedExternalSecrets(plan),
  judge: ({ label }, { externalSecrets }) => {
    const live = externalSecrets.get(label)!();
    if (live === undefined) {
      return broken('up to date', 'no such ExternalSecret', { usualCause: deletedByHand });
    }
    const ready = live.status?.conditions?.find(({ type }) => type === 'Ready');
    if (ready === undefined) {
      return broken('up to date', 'nothing said yet', {
        usualCause:
          'the operator does not run: `kubectl get deployment external-secrets --namespace kube-system`',
      });
    }
    return ready.status === 'True'
      ? held('up to date')
      : broken('up to date', `not Ready: ${ready.reason}`, { evidence: [`Ready: ${ready.message}`] });
  },
};
