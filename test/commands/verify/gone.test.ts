import { changed, runVerify, type Scenario, type State } from './support/run-verify';

/** What a destroy leaves where nothing goes wrong: CloudFormation remembers the stack. */
function destroyed(change: (state: State) => unknown = () => undefined): State {
  return changed((state) => {
    const { aws } = state;
    aws.deleted = [
      { StackName: 'Other', StackId: 'arn:other', DeletionTime: '2026-11-24T11:00:00Z' },
      { StackName: 'Shop', StackId: 'arn:older', DeletionTime: '2026-11-01T10:00:00Z' },
      { StackName: 'Shop', StackId: 'arn:last', DeletionTime: '2026-11-24T10:00:00Z' },
    ];
    Object.assign(aws, { stacks: [], cluster: undefined, roles: {}, profiles: {} });
    change(state);
  });
}

const gone = async (scenario: Scenario) => runVerify(scenario, '--gone');

test('nothing is left after a destroy', async () => {
  const { status, stdout } = await gone({ state: destroyed() });
  expect(stdout).toBe(`Shop, destroyed

1. Left behind
   ✓ stacks: none
   ✓ clusters and their Fargate profiles: none
   ✓ roles: none
   ✓ log groups: none
   ✓ network interfaces: none
   ✓ elastic IPs: none

✓ 6 of 6 checks hold
`);
  expect(status).toBe(0);
});

test.each<[string, (state: State) => unknown, string]>([
  [
    'stacks',
    ({ aws }) =>
      aws.stacks.push({ StackId: 'arn:x', StackName: 'Shop', StackStatus: 'DELETE_FAILED', Outputs: [] }),
    'Shop (DELETE_FAILED)',
  ],
  [
    'clusters and their Fargate profiles',
    ({ aws }) =>
      (aws.cluster = {
        status: 'ACTIVE',
        version: '1.36',
        resourcesVpcConfig: { endpointPublicAccess: false, publicAccessCidrs: [] },
      }),
    'shop-cluster (ACTIVE)',
  ],
  [
    'roles',
    ({ aws }) =>
      (aws.roles['Shop-shop-kq0Zb1'] = {
        Arn: 'arn:role',
        AssumeRolePolicyDocument: {},
        attached: [],
        inline: {},
      }),
    'Shop-shop-kq0Zb1 (arn:role)',
  ],
  [
    'log groups',
    ({ aws }) => aws.logGroups.push('/aws/eks/shop-cluster/cluster'),
    '/aws/eks/shop-cluster/cluster',
  ],
  [
    'network interfaces',
    ({ aws }) =>
      aws.networkInterfaces.push({
        NetworkInterfaceId: 'eni-1',
        Description: 'Amazon EKS shop-cluster',
        VpcId: 'vpc-0a',
      }),
    'eni-1 (Amazon EKS shop-cluster)',
  ],
  [
    'elastic IPs',
    ({ aws }) => aws.addresses.push({ AllocationId: 'eipalloc-1', PublicIp: '192.0.2.1' }),
    'eipalloc-1 (192.0.2.1)',
  ],
])('%s that are left are named, and nothing else', async (title, change, observed) => {
  const { status, stdout } = await gone({ state: destroyed(change) });
  expect(status).toBe(1);
  expect(stdout).toContain(`   ✗ ${title}\n       ${observed}\n         expected: none\n       usually: `);
  expect(stdout).toMatch(/\n✗ 5 of 6 checks hold, 1 does not\n$/);
});

test('a stack that could not be destroyed tells itself what it has', async () => {
  const state = destroyed(({ aws }) => {
    aws.deleted = [];
    aws.stacks = [{ StackId: 'arn:x', StackName: 'Shop', StackStatus: 'DELETE_FAILED', Outputs: [] }];
  });
  expect((await gone({ state })).stdout).toMatch(/\n✗ 5 of 6 checks hold, 1 does not\n$/);
});

test('what CloudFormation no longer remembers is unknown, not gone', async () => {
  const { status, stdout } = await gone({ state: destroyed(({ aws }) => (aws.deleted = [])) });
  expect(status).toBe(2);
  expect(stdout).toContain(
    '   ? roles\n       CloudFormation remembers no stack Shop, so nobody knows what it had.',
  );
  expect(stdout).toMatch(/\n\? 4 of 6 checks hold, 2 could not be judged\n$/);
});

test('the cluster is not asked', async () => {
  const { asked } = await gone({ state: destroyed() });
  expect(asked.filter((call) => call.startsWith('/'))).toEqual([]);
});

test('where nothing can be asked, one line says why', async () => {
  const { status, stdout, stderr } = await gone({
    awsErrors: { 'cloudformation describe-stacks': 'ExpiredToken' },
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^AWS refuses the credentials: ExpiredToken: said by the stand-in\. Log in/);
});
