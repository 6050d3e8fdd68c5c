import type { PodSpec } from 'kubernetes-types/core/v1';
import { missingReference } from '../../../../lib/commands/rehearse/fargate-player/missing-reference';
import { admittedPod } from '../support/live-pods';

/** A namespace with one ConfigMap and one Secret, `here`, with one key, `key`. */
const api = {
  find: async <T>(at: string): Promise<T | undefined> =>
    /^\/api\/v1\/namespaces\/shop\/(configmaps|secrets)\/here$/.test(at)
      ? ({ data: { key: '' } } as T)
      : undefined,
};
const volume = (source: object): Partial<PodSpec> => ({ volumes: [{ name: 'files', ...source }] });
const container = (fields: object): Partial<PodSpec> => ({
  containers: [{ name: 'web', image: 'web:1', ...fields }],
});
const variable = (valueFrom: object) => container({ env: [{ name: 'A', valueFrom }] });

test.each<readonly [string, Partial<PodSpec>]>([
  ['nothing', {}],
  ['a volume', volume({ configMap: { name: 'here' } })],
  [
    'a projected volume',
    volume({ projected: { sources: [{ secret: { name: 'here' } }, { downwardAPI: {} }] } }),
  ],
  ['all keys', container({ envFrom: [{ configMapRef: { name: 'here' } }, { secretRef: { name: 'here' } }] })],
  ['one key', variable({ secretKeyRef: { name: 'here', key: 'key' } })],
  ['an optional one', container({ envFrom: [{ configMapRef: { name: 'gone', optional: true } }] })],
  ['an optional volume', volume({ secret: { secretName: 'gone', optional: true } })],
])('a pod that reads %s starts', async (_what, spec) => {
  expect(await missingReference(admittedPod(spec), api)).toBeUndefined();
});

test('a Secret that External Secrets makes counts as made, with every key', async () => {
  const withExternal: typeof api = {
    find: async <T>(at: string) =>
      at === '/apis/external-secrets.io/v1/namespaces/shop/externalsecrets/gone'
        ? ({} as T)
        : await api.find<T>(at),
  };
  const reads = (kind: 'secretKeyRef' | 'configMapKeyRef') =>
    missingReference(admittedPod(variable({ [kind]: { name: 'gone', key: 'key' } })), withExternal);
  expect(await reads('secretKeyRef')).toBeUndefined();
  expect(await reads('configMapKeyRef')).toMatchObject({ message: 'configmap "gone" not found' });
});

test.each<readonly [words: string, Partial<PodSpec>]>([
  [
    'MountVolume.SetUp failed for volume "files" : configmap "gone" not found',
    volume({ configMap: { name: 'gone' } }),
  ],
  [
    'MountVolume.SetUp failed for volume "files" : secret "gone" not found',
    volume({ secret: { secretName: 'gone' } }),
  ],
  [
    'MountVolume.SetUp failed for volume "files" : configmap "gone" not found',
    volume({ projected: { sources: [{ configMap: { name: 'gone' } }] } }),
  ],
])('a mount waits: %s', async (message, spec) => {
  expect(await missingReference(admittedPod(spec), api)).toEqual({ reason: 'ContainerCreating', message });
});

test.each<readonly [words: string, Partial<PodSpec>]>([
  ['configmap "gone" not found', container({ envFrom: [{ configMapRef: { name: 'gone' } }] })],
  [
    'secret "gone" not found',
    { initContainers: [{ name: 'first', envFrom: [{ secretRef: { name: 'gone' } }] }] },
  ],
  [
    "couldn't find key other in ConfigMap shop/here",
    variable({ configMapKeyRef: { name: 'here', key: 'other' } }),
  ],
])('a container waits: %s', async (message, spec) => {
  expect(await missingReference(admittedPod(spec), api)).toEqual({
    reason: 'CreateContainerConfigError',
    message,
  });
});
