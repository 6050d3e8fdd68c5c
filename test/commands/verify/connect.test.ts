import { existsSync } from 'node:fs';
import { openCluster, UnusableKubeconfig, type OpenCluster } from '../../../lib/commands/verify/connect';
import type { ApiServer } from '../../../lib/commands/verify/eks-cluster';
import { KubectlStandIn, type KubectlScript } from './support/kubectl-stand-in';

const server: ApiServer = {
  clusterName: 'shop-cluster',
  region: 'us-west-2',
  url: 'https://ABC.gr7.us-west-2.eks.amazonaws.com',
  publicCidrs: [],
};
const run = 'Run: aws eks update-kubeconfig --region us-west-2 --name shop-cluster';

/** A kubeconfig with contexts, by the server that each leads to. */
const config = (servers: Readonly<Record<string, string>>, current = '') => ({
  'current-context': current,
  contexts: Object.keys(servers).map((name) => ({ name, context: { cluster: `of ${name}` } })),
  clusters: Object.entries(servers).map(([name, url]) => ({ name: `of ${name}`, cluster: { server: url } })),
});

/** Of a command that nobody interrupts. */
const calm = new AbortController().signal;

let kubectl: KubectlStandIn;
let cluster: OpenCluster | undefined;
afterEach(async () => {
  await cluster?.stop();
  cluster = undefined;
  kubectl.remove();
});

const open = async (script: KubectlScript, context?: string, of = server) => {
  kubectl = new KubectlStandIn(script);
  cluster = await openCluster(of, context, { env: kubectl.env, signal: calm });
  return cluster;
};
const chosen = () => kubectl.calls.at(-1)!.find((arg) => arg.startsWith('--context='));

describe('the context', () => {
  const other = 'https://other.example';

  test.each([
    ['is the one that leads to the cluster', { a: other, b: server.url }, '', undefined, 'b'],
    ['is the current one of several that do', { a: server.url, b: server.url }, 'b', undefined, 'b'],
    ['is the one that was asked for', { a: server.url, b: `${server.url}/` }, 'a', 'b', 'b'],
  ])('%s', async (_what, servers, current, asked, name) => {
    await open({ config: config(servers, current) }, asked);
    expect(chosen()).toBe(`--context=${name}`);
  });

  test.each([
    [
      'is missing',
      { a: other },
      undefined,
      `the kubeconfig has no context of cluster shop-cluster (${server.url}). ${run}.`,
    ],
    [
      'that was asked for is missing',
      { a: server.url },
      'x',
      `the kubeconfig has no context "x": it has a. ${run}.`,
    ],
    [
      'has the right host, and another path',
      { a: `${server.url}/other` },
      undefined,
      `the kubeconfig has no context of cluster shop-cluster (${server.url}). ${run}.`,
    ],
    [
      'that was asked for is of another cluster',
      { a: server.url, b: other },
      'b',
      `context "b" is of another cluster: its server is ${other}, that of shop-cluster is ${server.url}. ${run}, or name the right context with --context.`,
    ],
  ])('%s: that is final', async (_what, servers, asked, message) => {
    const error: unknown = await open({ config: config(servers) }, asked).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnusableKubeconfig);
    expect(error).toMatchObject({ message });
  });

  test('cannot be read', async () => {
    await expect(open({ words: 'error: yaml: line 2' })).rejects.toThrow(
      `kubectl failed: error: yaml: line 2. ${run}.`,
    );
  });

  test('needs kubectl', async () => {
    kubectl = new KubectlStandIn({});
    await expect(
      openCluster(server, undefined, { env: { PATH: '/nonexistent' }, signal: calm }),
    ).rejects.toThrow(
      'there is no kubectl on the PATH. Install it: https://kubernetes.io/docs/tasks/tools/.',
    );
  });
});

const known = config({ a: server.url });

test('answers are handed over as they are', async () => {
  const opened = await open({
    config: known,
    answers: { '/version': { status: 200, body: { minor: '36' } } },
  });
  expect(await opened.get('/version?x=1')).toEqual({ minor: '36' });
});

test('nothing is asked before kubectl listens', async () => {
  const opened = await open({
    config: known,
    late: true,
    answers: { '/version': { status: 200, body: { minor: '36' } } },
  });
  expect(await opened.get('/version')).toEqual({ minor: '36' });
});

test('kubectl may change nothing, and leaves nothing', async () => {
  const opened = await open({ config: known });
  const args = kubectl.calls.at(-1)!;
  const socket = args.find((arg) => arg.startsWith('--unix-socket='))!.slice('--unix-socket='.length);
  expect(args).toContain('--reject-methods=^(POST|PUT|PATCH|DELETE)$');
  expect(existsSync(socket)).toBe(true);
  await opened.stop();
  expect(existsSync(socket)).toBe(false);
});

const refusal = (code: number, message: string) => ({
  status: code,
  body: { kind: 'Status', message, code },
});
const whoMay =
  'Only the roles and users of clusterAdminArns in lib/config/environments.ts may: add yours (`aws sts get-caller-identity` shows it), and deploy.';

test.each<[string, KubectlScript['answers'], ApiServer, string]>([
  [
    'the cluster does not know the user',
    { '/x': refusal(401, 'Unauthorized') },
    server,
    `the API server ${server.url} does not accept you (401 Unauthorized). ${whoMay}`,
  ],
  [
    'the user may not',
    { '/x': refusal(403, 'pods is forbidden: User "a" cannot list') },
    server,
    `could not read /x: pods is forbidden: User "a" cannot list (403 Forbidden). ${whoMay}`,
  ],
  [
    'the API server is overloaded',
    { '/x': refusal(503, 'try later') },
    server,
    `could not read /x: try later (HTTP 503, ${server.url}). Look again later.`,
  ],
  [
    'nobody gets through to a private one',
    { '/x': { status: 500, body: 'dial tcp: i/o timeout' } },
    server,
    `no route to the API server ${server.url}: could not read /x: dial tcp: i/o timeout. It is private: run this inside the VPC, or open it to your address (apiAccessCidrs in lib/config/environments.ts), and deploy.`,
  ],
  [
    'a public one is open to others',
    { '/x': { status: 500, body: 'dial tcp: i/o timeout' } },
    { ...server, publicCidrs: ['203.0.113.0/24'] },
    `no route to the API server ${server.url}: could not read /x: dial tcp: i/o timeout. It is open to 203.0.113.0/24 only: run this from there, or add your address to apiAccessCidrs in lib/config/environments.ts, and deploy.`,
  ],
  [
    'the credential helper is missing',
    { '/x': { status: 500, body: 'getting credentials: exec: executable aws not found\n\nIt looks like' } },
    server,
    'could not read /x: getting credentials: exec: executable aws not found. Install the AWS CLI.',
  ],
])('a failure says what to do where %s', async (_what, answers, of, message) => {
  const opened = await open({ config: known, answers }, undefined, of);
  await expect(opened.get('/x?limit=5')).rejects.toThrow(expect.objectContaining({ message }));
});

test('what the credential helper says is told', async () => {
  const opened = await open({
    config: known,
    words: 'Token has expired',
    answers: {
      '/x': { status: 500, body: 'getting credentials: exec: executable aws failed with exit code 255' },
    },
  });
  await expect(opened.get('/x')).rejects.toThrow(
    'could not read /x: getting credentials: exec: executable aws failed with exit code 255: Token has expired. Log in (aws sso login, aws configure).',
  );
});

test('an API server that never answers is given up', async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const limits: number[] = [];
  jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    limits.push(ms);
    return timeout(1);
  });
  const opened = await open({ config: known, answers: { '/silent': { status: 0, body: '' } } });
  await expect(opened.get('/silent')).rejects.toThrow(
    `no route to the API server ${server.url}: could not read /silent: no answer in 10 s. It is private: run this inside the VPC`,
  );
  expect(limits).toEqual([10_000]);
});
