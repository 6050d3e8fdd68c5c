import type { Api } from '../cluster/api';
import { containersOf, type LivePod } from './live-pod';

/** Why a kubelet would not start the containers of a pod that has a node. */
export interface MissingReference {
  /** The reason that the container waits with. */
  readonly reason: 'CreateContainerConfigError' | 'ContainerCreating';
  readonly message: string;
}

interface Wanted {
  readonly kind: 'configmap' | 'secret';
  readonly reference: { readonly name?: string; readonly key?: string; readonly optional?: boolean };
  /** The volume that is made of it; a variable of the environment without. */
  readonly volume?: string;
}

/** The first ConfigMap or Secret that a pod names and its namespace lacks, in the words of the kubelet. */
export async function missingReference(
  pod: LivePod,
  api: Pick<Api, 'find'>,
): Promise<MissingReference | undefined> {
  const { namespace } = pod.metadata;
  for (const { kind, reference, volume } of wantedBy(pod)) {
    if (reference.name === undefined || reference.optional === true) {
      continue;
    }
    const found = await api.find<{ readonly data?: Readonly<Record<string, string>> }>(
      `/api/v1/namespaces/${namespace}/${kind}s/${reference.name}`,
    );
    if (found === undefined && kind === 'secret' && (await isExternal(namespace, reference.name, api))) {
      continue;
    }
    if (found === undefined) {
      const words = `${kind} "${reference.name}" not found`;
      return volume === undefined
        ? { reason: 'CreateContainerConfigError', message: words }
        : {
            reason: 'ContainerCreating',
            message: `MountVolume.SetUp failed for volume "${volume}" : ${words}`,
          };
    }
    if (reference.key !== undefined && !Object.hasOwn(found.data ?? {}, reference.key)) {
      const name = kind === 'configmap' ? 'ConfigMap' : 'Secret';
      return {
        reason: 'CreateContainerConfigError',
        message: `couldn't find key ${reference.key} in ${name} ${namespace}/${reference.name}`,
      };
    }
  }
  return undefined;
}

/** Whether External Secrets would make a Secret. Nobody plays it, and its keys are known in AWS only. */
async function isExternal(namespace: string, name: string, api: Pick<Api, 'find'>): Promise<boolean> {
  const found = await api.find(
    `/apis/external-secrets.io/v1/namespaces/${namespace}/externalsecrets/${name}`,
  );
  return found !== undefined;
}

/** Volumes first, as the kubelet mounts them before it starts a container. */
function* wantedBy(pod: LivePod): Generator<Wanted> {
  for (const { name: volume, configMap, secret, projected } of pod.spec.volumes ?? []) {
    if (configMap) {
      yield { kind: 'configmap', reference: configMap, volume };
    }
    if (secret) {
      yield { kind: 'secret', reference: { name: secret.secretName, optional: secret.optional }, volume };
    }
    for (const source of projected?.sources ?? []) {
      if (source.configMap) {
        yield { kind: 'configmap', reference: source.configMap, volume };
      }
      if (source.secret) {
        yield { kind: 'secret', reference: source.secret, volume };
      }
    }
  }
  for (const { envFrom = [], env = [] } of containersOf(pod)) {
    for (const { configMapRef, secretRef } of envFrom) {
      if (configMapRef) {
        yield { kind: 'configmap', reference: configMapRef };
      }
      if (secretRef) {
        yield { kind: 'secret', reference: secretRef };
      }
    }
    for (const { valueFrom } of env) {
      if (valueFrom?.configMapKeyRef) {
        yield { kind: 'configmap', reference: valueFrom.configMapKeyRef };
      }
      if (valueFrom?.secretKeyRef) {
        yield { kind: 'secret', reference: valueFrom.secretKeyRef };
      }
    }
  }
}
