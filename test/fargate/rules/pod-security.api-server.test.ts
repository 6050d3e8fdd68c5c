import { ApiServer, kubernetesPrograms } from '../../support/api-server';
import { messagesOf, type Manifest } from '../support/manifests';
import {
  inNamespaceOf,
  namespaceOf,
  podsWithOneChange,
  podsWithSeveralChanges,
  policies,
  recordedVerdict,
} from '../support/pod-security-pods';

const server = new ApiServer();

async function verdictOfServer(pod: Manifest, namespace: string): Promise<string> {
  const { status, body } = await server.post(`/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
  if (status === 201) {
    return 'admitted';
  }
  return body.message?.includes('violates PodSecurity') === true ? 'refused' : 'invalid';
}

if (kubernetesPrograms === undefined) {
  process.stderr.write(
    'Pod Security by a real API server: not run, KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver\n',
  );
}

(kubernetesPrograms === undefined ? describe.skip : describe)(
  'a real API server of the default version',
  () => {
    beforeAll(async () => {
      await server.start(kubernetesPrograms!);
      for (const policy of policies) {
        await server.post('/api/v1/namespaces', namespaceOf(policy));
      }
    }, 120_000);

    afterAll(() => server.stop());

    test.each(policies)(
      'answers as recorded about $level:$version',
      async (policy) => {
        const { name } = namespaceOf(policy).metadata;
        const verdicts = await Promise.all(
          podsWithOneChange.map(async (changed) => ({
            changes: changed.changes,
            recorded: recordedVerdict(policy, changed),
            byServer: await verdictOfServer(inNamespaceOf(policy, changed), name),
          })),
        );
        expect(verdicts.filter(({ byServer, recorded }) => byServer !== recorded)).toEqual([]);
      },
      60_000,
    );

    test.each([
      policies.find(({ level }) => level === 'baseline')!,
      policies.find(({ level }) => level === 'restricted')!,
    ])(
      'agrees with the rule about pods with several changes, under $level:$version',
      async (policy) => {
        const namespace = namespaceOf(policy);
        const verdicts = await Promise.all(
          podsWithSeveralChanges(1000).map(async (changed) => {
            const pod = inNamespaceOf(policy, changed);
            return {
              changes: changed.changes,
              byServer: await verdictOfServer(pod, namespace.metadata.name),
              byRule: messagesOf('pod-security', [namespace, pod]).length === 0 ? 'admitted' : 'refused',
            };
          }),
        );
        const valid = verdicts.filter(({ byServer }) => byServer !== 'invalid');
        expect(valid.filter(({ byServer, byRule }) => byServer !== byRule)).toEqual([]);
        // Both verdicts have to be common, or the agreement would say little.
        const refused = valid.filter(({ byServer }) => byServer === 'refused').length;
        expect(refused).toBeGreaterThan(200);
        expect(valid.length - refused).toBeGreaterThan(50);
      },
      60_000,
    );
  },
);
