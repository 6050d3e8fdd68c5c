import { refuseRealCluster } from '../../../../lib/commands/rehearse/cluster/existing-cluster';

/** Whether a cluster with a server and nodes is refused, and why. */
async function refusal(server: string, nodes: readonly object[] = []): Promise<string | undefined> {
  const kubectl = { run: async () => ({ ok: true, stdout: server, stderr: '' }) };
  const api = { get: async <T>() => ({ items: nodes }) as T };
  return refuseRealCluster(kubectl, api, 'work').then(
    () => undefined,
    (error: Error) => error.message,
  );
}
const node = (providerID: string, labels: Readonly<Record<string, string>> = {}) => ({
  metadata: { name: 'node-1', labels },
  spec: { providerID },
});

test.each([
  ['https://127.0.0.1:6443', []],
  ['https://127.0.0.1:6443', [node('kind://docker/kind/kind-control-plane')]],
  ['https://192.168.49.2:8443', [node('', { 'minikube.k8s.io/name': 'minikube' })]],
  ['https://127.0.0.1:6443', [node('', { 'fargate-player': 'true' })]],
  ['https://0.gr7.us-west-2.eks.amazonaws.com.example.org', []],
])('%s with %j is a throw-away cluster', async (server, nodes) => {
  expect(await refusal(server, nodes)).toBeUndefined();
});

test.each([
  'https://0123456789ABCDEF0123456789ABCDEF.gr7.us-west-2.eks.amazonaws.com',
  'https://0123456789ABCDEF0123456789ABCDEF.gr7.eks-cluster.us-west-2.api.aws',
  'https://0123456789ABCDEF0123456789ABCDEF.yl4.cn-north-1.eks.amazonaws.com.cn',
])('%s looks like a real cluster', async (server) => {
  expect(await refusal(server)).toBe(
    `context "work" looks like a real cluster: its server ${server} is an endpoint of Amazon EKS. Rehearse on a throw-away cluster (kind create cluster), or say by name that this is one: --throw-away work`,
  );
});

test('one node of unknown origin makes a cluster look real', async () => {
  expect(
    await refusal('https://127.0.0.1:6443', [node('kind://docker/kind/a'), node('aws:///us-west-2a/i-0')]),
  ).toContain("its node node-1 is neither kind's nor minikube's");
});
