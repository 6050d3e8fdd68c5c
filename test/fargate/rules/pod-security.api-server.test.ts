import { ApiError } from '../../../lib/commands/rehearse/cluster/api';
import { describeWithPrograms, generousMs, RealCluster } from '../../commands/rehearse/support/real-cluster';
import { messagesOf, type Manifest } from '../support/manifests';
import {
  inNamespaceOf,
  namespaceOf,
  podsWithOneChange,
  podsWithSeveralChanges,
  policies,
  recordedVerdict,
  type ChangedPod,
  type Policy,
} from '../support/pod-security-pods';

/** As many requests at a time as the API server serves without asking to come back later. */
const atATime = 50;

describeWithPrograms('Pod Security by a real API server', () => {
  let cluster: RealCluster;

  async function verdictOfServer(pod: Manifest, namespace: string): Promise<string> {
    try {
      await cluster.api.create(`/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
      return 'admitted';
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      return error.message.includes('violates PodSecurity') ? 'refused' : 'invalid';
    }
  }

  async function verdicts(policy: Policy, pods: readonly ChangedPod[]) {
    const { name } = namespaceOf(policy).metadata;
    const answers: { readonly changed: ChangedPod; readonly byServer: string }[] = [];
    for (let next = 0; next < pods.length; next += atATime) {
      const asked = pods.slice(next, next + atATime).map(async (changed) => ({
        changed,
        byServer: await verdictOfServer(inNamespaceOf(policy, changed), name),
      }));
      answers.push(...(await Promise.all(asked)));
    }
    return answers;
  }

  beforeAll(async () => {
    cluster = await RealCluster.start();
    for (const policy of policies) {
      await cluster.api.create('/api/v1/namespaces', namespaceOf(policy));
    }
    // Without its account, no pod of a namespace is admitted.
    await cluster.kubectl(
      `wait --for=create serviceaccount/default --timeout=60s --namespace=${namespaceOf(policies.at(-1)!).metadata.name}`,
    );
  }, generousMs);

  afterAll(() => cluster.stop());

  test.each(policies)(
    'it answers as recorded about $level:$version',
    async (policy) => {
      const answers = await verdicts(policy, podsWithOneChange);
      const different = answers.filter(
        ({ changed, byServer }) => byServer !== recordedVerdict(policy, changed),
      );
      expect(different.map(({ changed, byServer }) => `${byServer}: ${changed.changes}`)).toEqual([]);
    },
    generousMs,
  );

  test.each(['baseline', 'restricted'])(
    'it agrees with the rule about pods with several changes, under the newest %s',
    async (level) => {
      const policy = policies.find((candidate) => candidate.level === level)!;
      const valid = (await verdicts(policy, podsWithSeveralChanges(1000))).filter(
        ({ byServer }) => byServer !== 'invalid',
      );
      const different = valid.filter(({ changed, byServer }) => {
        const found = messagesOf('pod-security', [namespaceOf(policy), inNamespaceOf(policy, changed)]);
        return byServer !== (found.length === 0 ? 'admitted' : 'refused');
      });
      expect(different.map(({ changed, byServer }) => `${byServer}: ${changed.changes}`)).toEqual([]);
      // Both verdicts have to be common, or the agreement would say little.
      const refused = valid.filter(({ byServer }) => byServer === 'refused').length;
      expect(refused).toBeGreaterThan(200);
      expect(valid.length - refused).toBeGreaterThan(50);
    },
    generousMs,
  );
});
