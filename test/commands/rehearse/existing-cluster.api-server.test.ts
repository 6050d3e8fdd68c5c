import { variantNames } from '../../../lib/config/environments';
import { admissionPolicy } from '../../../lib/commands/rehearse/fargate-player/admission-policy';
import { runInProcess } from './support/run-in-process';
import { runRehearse } from './support/rehearse-process';
import { describeWithPrograms, generousMs, RealCluster } from './support/real-cluster';

/** A short walk. */
const lastVariant = variantNames.slice(-1).flatMap((name) => ['--variant', name]);

const context = '--context=rehearsal';

describeWithPrograms('a rehearsal on a cluster that is there', () => {
  let cluster: RealCluster;
  let before: string;
  const everything = async (): Promise<string> =>
    cluster.kubectl(
      'get namespaces,nodes,pods,deployments,leases,customresourcedefinitions,mutatingadmissionpolicies,mutatingadmissionpolicybindings --all-namespaces --output=name',
    );
  const run = (args: readonly string[]) =>
    runInProcess(args, { ...process.env, KUBECONFIG: cluster.kubeconfig });
  const node = (name: string, providerID: string) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    spec: { providerID, unschedulable: true },
  });

  beforeAll(async () => {
    cluster = await RealCluster.start();
    await cluster.kubectl('create -f -', node('kind-control-plane', 'kind://docker/kind/kind-control-plane'));
    before = await everything();
  }, generousMs);

  afterAll(() => cluster.stop(), generousMs);

  test(
    'walks through a variant with every optional block, and leaves it as it was',
    async () => {
      const blocks = ['autoscaling=true', 'ingress=internal'].flatMap((setting) => ['-c', setting]);
      const { status, stdout, stderr } = await run([context, ...lastVariant, ...blocks]);
      expect({ status, stderr }).toMatchObject({ status: 0 });
      expect(stdout).toContain('context rehearsal, Kubernetes v1.');
      const held = stdout.split('\n').flatMap((line) => /^✓ (\S+)/.exec(line)?.[1] ?? []);
      expect(held).toEqual(['start', variantNames.at(-1) ?? 'deployed', 'deleted']);
      expect(await everything()).toBe(before);
    },
    generousMs,
  );

  test(
    'leaves it as it was when it is interrupted',
    async () => {
      const { status, stdout, stderr, left } = await runRehearse([context, ...lastVariant], {
        env: { KUBECONFIG: cluster.kubeconfig },
        interruptAfter: `✓ ${variantNames.at(-1) ?? 'deployed'}`,
      });
      expect({ status, stderr }).toEqual({ status: 130, stderr: expect.stringContaining('interrupted\n') });
      expect(left).toEqual([]);
      expect(stdout).not.toContain('deleted');
      expect(await everything()).toBe(before);
    },
    generousMs,
  );

  test(
    'leaves it as it was when a step fails',
    async () => {
      const metadata = { name: 'no-pods' };
      const apiVersion = 'admissionregistration.k8s.io/v1';
      await cluster.kubectl('create -f -', {
        apiVersion,
        kind: 'ValidatingAdmissionPolicy',
        metadata,
        spec: {
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: ['apps'],
                apiVersions: ['v1'],
                operations: ['CREATE'],
                resources: ['deployments'],
              },
            ],
          },
          validations: [{ expression: 'false', message: 'not today' }],
        },
      });
      await cluster.kubectl('create -f -', {
        apiVersion,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata,
        spec: { policyName: metadata.name, validationActions: ['Deny'] },
      });
      const { status, stdout } = await run([context]);
      await cluster.kubectl('delete validatingadmissionpolicies,validatingadmissionpolicybindings no-pods');
      expect(status).toBe(1);
      expect(stdout).toMatch(/^✗ /m);
      expect(stdout).toContain('denied request: not today');
      expect(await everything()).toBe(before);
    },
    generousMs,
  );

  test(
    'is refused where a node is somebody else’s, and not where that is said by name',
    async () => {
      await cluster.kubectl('create -f -', node('ip-10-0-0-1', 'aws:///us-west-2a/i-0123456789abcdef0'));
      expect(await run([context])).toMatchObject({
        status: 2,
        stderr:
          'context "rehearsal" looks like a real cluster: its node ip-10-0-0-1 is neither kind\'s nor minikube\'s. Rehearse on a throw-away cluster (kind create cluster), or say by name that this is one: --throw-away rehearsal\n',
      });
      await cluster.kubectl('create -f -', admissionPolicy([], []).policy);
      expect(await run([context, '--throw-away=rehearsal'])).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/^context "rehearsal" is being rehearsed on, or was when/),
      });
      await cluster.kubectl('delete mutatingadmissionpolicy fargate-player');
      await cluster.kubectl('delete node ip-10-0-0-1');
    },
    generousMs,
  );

  test(
    'is refused where an object of the walk is there already',
    async () => {
      await cluster.kubectl('create namespace aws-observability');
      expect(await run([context])).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(
          /^the cluster has namespace\/aws-observability already, which the rehearsal would/,
        ),
      });
      await cluster.kubectl('delete namespace aws-observability');
    },
    generousMs,
  );
});
