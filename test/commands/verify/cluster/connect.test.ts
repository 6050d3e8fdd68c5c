import { CouldNotLook } from '../../../../lib/commands/could-not-look';
import {
  inWordsOfEks,
  openCluster,
  UnusableKubeconfig,
  type ApiServer,
} from '../../../../lib/commands/verify/cluster/connect';
import { kubectlStandIn, type Contexts } from '../support/kubectl-stand-in';

const url = 'https://ABC.gr7.us-west-2.eks.amazonaws.com';
const server: ApiServer = { clusterName: 'shop', region: 'us-west-2', url, publicCidrs: [] };
const update = 'Run: aws eks update-kubeconfig --region us-west-2 --name shop';

/** The context that is used. */
async function chosen(contexts: Contexts, current: string, asked?: string): Promise<string> {
  const cluster = await openCluster(server, asked, kubectlStandIn(contexts, current));
  try {
    const args = await cluster.get<readonly string[]>('/version');
    return args.find((arg) => arg.startsWith('--context='))!.slice('--context='.length);
  } finally {
    await cluster.stop();
  }
}

describe('the context', () => {
  const contexts = { other: 'https://other.example', first: url, second: `${url}/` };

  test('is one that leads to the cluster, preferably the current', async () => {
    expect(await chosen(contexts, 'second')).toBe('second');
    expect(await chosen(contexts, 'other')).toBe('first');
  });

  test('is the one that is asked for', async () => {
    expect(await chosen(contexts, 'second', 'first')).toBe('first');
  });

  test.each<[string, Contexts, string | undefined, string]>([
    [
      'of another cluster',
      contexts,
      'other',
      `context "other" is of another cluster: its server is https://other.example, that of shop is ${url}. ${update}, or name the right context with --context.`,
    ],
    [
      'that is not there',
      contexts,
      'third',
      `the kubeconfig has no context "third": it has other, first, second. ${update}.`,
    ],
    ['without a kubeconfig', {}, 'third', `the kubeconfig has no context "third": it has none. ${update}.`],
    [
      'behind another path of the same host',
      { proxied: `${url}/k8s/clusters/other` },
      undefined,
      `the kubeconfig has no context of cluster shop (${url}). ${update}.`,
    ],
  ])('%s is refused', async (_what, given, asked, message) => {
    const error = await chosen(given, '', asked).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(UnusableKubeconfig);
    expect(error).toHaveProperty('message', message);
  });

  test('needs kubectl', async () => {
    await expect(openCluster(server, undefined, { PATH: '' })).rejects.toThrow(
      'there is no kubectl on the PATH. Install it: https://kubernetes.io/docs/tasks/tools/.',
    );
  });
});

test('an API server that never answers is given up', async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const limits: number[] = [];
  jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    limits.push(ms);
    return timeout(1);
  });
  const cluster = await openCluster(server, undefined, kubectlStandIn({ shop: url }));
  try {
    await expect(cluster.get('/silent')).rejects.toThrow(
      `no route to the API server ${url}: could not read /silent: timed out. It is private: run this inside the VPC`,
    );
    expect(limits).toEqual([10_000]);
  } finally {
    await cluster.stop();
  }
});

test.each<[string, string, readonly string[], RegExp]>([
  [
    'is refused',
    '401',
    [],
    /^the API server https:\S+ does not accept you \(401 Unauthorized\)\. Only the roles/,
  ],
  [
    'is forbidden',
    '403',
    [],
    /^could not read \/x \(403 Forbidden\)\. Only the roles and users of clusterAdminArns/,
  ],
  ['fails', '503', [], /^could not read \/x \(HTTP 503, https:\S+\)\. Look again later\.$/],
  [
    'has no route to a private server',
    '',
    [],
    /^no route to the API server .*It is private: run this inside the VPC/,
  ],
  [
    'has no route to a public server',
    '',
    ['52.94.76.1/32'],
    /It is open to 52\.94\.76\.1\/32 only: run this from there/,
  ],
])('a request that %s is told in the words of EKS', (_what, code, publicCidrs, told) => {
  const problem = new CouldNotLook('could not read /x', 'Look elsewhere', code);
  expect(inWordsOfEks(problem, { ...server, publicCidrs }).message).toMatch(told);
});

test.each([
  ['getting credentials: exec: executable aws not found', 'Install the AWS CLI'],
  [
    'getting credentials: exec: executable aws failed with exit code 255',
    'Log in (aws sso login, aws configure)',
  ],
])('%s: %s', (what, remedy) => {
  expect(inWordsOfEks(new CouldNotLook(what, 'Look elsewhere'), server).remedy).toBe(remedy);
});
