import { runChecks } from '../../../lib/commands/verify/checks';
import { brokenStates } from './support/broken-states';
import { deploy, runCommand, VerifyProcess, type Scenario } from './support/cluster';
import { codeBlocks } from '../../support/markdown';
import { read } from '../../support/pages';
import { expectedOf, healthyState, observe, profileName, type State, type Variant } from './support/states';
import type { Outcome } from '../../support/run-script';

jest.setTimeout(30_000);

/** Nothing listens on the port of the discard protocol. */
const nowhere = 'http://127.0.0.1:9';

let command: VerifyProcess;
beforeAll(() => {
  command = new VerifyProcess();
});
afterAll(() => command.stop());

async function verify(
  scenario: Scenario,
  ...args: readonly string[]
): Promise<Outcome & { readonly calls: readonly string[] }> {
  const deployment = await deploy(scenario);
  try {
    return { ...(await command.run({ args, env: deployment.env })), calls: deployment.calls() };
  } finally {
    await deployment.close();
  }
}

function changed(variant: Variant, change: (state: State) => void): State {
  const state = healthyState(variant);
  change(state);
  return state;
}

/** The third pod of `scaled` is not there yet. */
function scalingOut(): State {
  return changed('scaled', (state) => {
    state.pods.splice(2, 1);
    Object.assign(state.deployments[0] ?? {}, { updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 });
  });
}

test('wrong settings are one line, and in JSON one document all the same', async () => {
  const mistake = 'cdk.json: is not valid JSON: Unexpected end of JSON input';
  expect(await command.run({ args: [], env: {}, mistake })).toEqual({
    status: 2,
    stdout: '',
    stderr: `${mistake}\n`,
  });
  const { status, stdout } = await command.run({ args: ['--json'], env: {}, mistake });
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'unknown', problem: mistake });
});

// Without an AWS: what a fork deploys besides must not matter here, and the process reads the real plan.
test('as a process, exits with 2 and one line when there are no credentials', async () => {
  const outcome = await runCommand([], {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    AWS_REGION: 'us-west-2',
    AWS_ENDPOINT_URL: nowhere,
    AWS_EC2_METADATA_DISABLED: 'true',
  });

  expect(outcome).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'no AWS credentials: Could not load credentials from any providers. Log in (aws sso login, aws configure), or set AWS_PROFILE to a profile that has some.\n',
  });
});

/** A state that goes through the stand-ins and the readers must be judged as it is without them. */
test.each<Variant>(['labelled', 'resized', 'scaled'])(
  'every check holds for a healthy %s',
  async (variant) => {
    const { status, stdout } = await verify({ variant }, '--json');

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      stack: 'CheckoutStack',
      region: 'us-west-2',
      cluster: 'CheckoutStack',
      variant,
      deployedVariant: variant,
      status: 'held',
      problem: null,
      checks: runChecks(expectedOf(variant), observe(healthyState(variant))),
    });
  },
);

/** One for each check, and all of those that read most. */
const statesOverHttp = brokenStates.filter(
  ({ check }, index) =>
    ['profile-status', 'private-subnets', 'rollout', 'on-fargate'].includes(check) ||
    brokenStates.findIndex((other) => other.check === check) === index,
);

test.each(statesOverHttp)('over HTTP too, $check breaks when $what', async (broken) => {
  const state = changed('scaled', broken.break);
  const { status, stdout } = await verify(
    { variant: 'scaled', state: () => state },
    '--json',
    '--timeout=0s',
  );

  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'broken',
    checks: runChecks(expectedOf('scaled'), observe(state)),
  });
});

describe('docs/walkthrough.md shows what the command prints', () => {
  const [labelled, resized, scaled, broken] = codeBlocks(read('docs/walkthrough.md'))
    .filter(({ language }) => language === 'text')
    .map(({ text }) => text);

  test.each([
    ['labelled', labelled],
    ['resized', resized],
    ['scaled', scaled],
  ] as const)('for a healthy %s', async (variant, page) => {
    const { stdout, stderr } = await verify({ variant });
    expect({ stdout, stderr }).toEqual({ stdout: `${page}\n`, stderr: '' });
  });

  test('for a pod of the wrong size', async () => {
    const { status, stdout, stderr } = await verify({
      variant: 'labelled',
      state: () =>
        changed('labelled', (state) => {
          Object.assign(state.pods[0] ?? {}, { capacity: '0.25vCPU 0.5GB' });
        }),
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/\n✗ 15 of 16 checks hold, 1 does not\n$/);
    expect(broken).toMatch(/^ {3}✗ CapacityProvisioned\n/);
    expect(stdout).toContain(`\n${broken}\n`);
  });
});

test('AWS and the cluster are only ever read', async () => {
  const { calls } = await verify({ variant: 'scaled' });

  expect(calls.length).toBeGreaterThan(20);
  expect(calls.filter((call) => !/^(GET \/|POST (Describe|Get|List)[A-Z])/.test(call))).toEqual([]);
});

describe('--variant', () => {
  test('checks against another variant than the deployed one, and says so', async () => {
    const { status, stdout } = await verify({ variant: 'labelled' }, '--variant', 'resized');

    expect(status).toBe(1);
    expect(stdout).toContain('checked against variant resized (deployed: labelled)\n');
    expect(stdout).toContain('observed: checkout-6c9f7d5b8-fftl5 0.25vCPU 1GB\n');
  });

  test('must be one of the repository', async () => {
    expect(await verify({ variant: 'labelled' }, '--variant', 'resize')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'unknown --variant "resize": choose labelled, resized or scaled\n',
    });
  });
});

describe('waiting', () => {
  test('until the rollout is complete', async () => {
    const { status, stderr } = await verify({
      variant: 'scaled',
      state: (looks) => (looks < 3 ? scalingOut() : healthyState('scaled')),
    });

    expect(status).toBe(0);
    expect(stderr).toBe(
      'waiting for the rollout: checkout 2 of 3 ready, 2 of 3 updated; checkout-redis 1 of 1 ready (0s of 200s)\n',
    );
  });

  test('no longer than the timeout', async () => {
    const { status, stdout } = await verify({ variant: 'scaled', state: scalingOut }, '--timeout', '10s');

    expect(status).toBe(1);
    expect(stdout).toContain(`   ✗ rollout
       expected: complete
       observed: checkout 2 of 3 ready, 2 of 3 updated; checkout-redis 1 of 1 ready
`);
  });

  test('with --watch for every check', async () => {
    const { status, stderr } = await verify(
      {
        variant: 'labelled',
        state: (looks) =>
          changed('labelled', (state) => {
            Object.assign(state.profile, { status: looks < 3 ? 'CREATING' : 'ACTIVE' });
          }),
      },
      '--watch',
    );

    expect(status).toBe(0);
    expect(stderr).toBe('waiting for status (0s of 200s)\n');
  });

  test('with --watch no longer than the timeout', async () => {
    const { status, stdout } = await verify(
      {
        variant: 'labelled',
        state: () =>
          changed('labelled', (state) => {
            Object.assign(state.profile, { status: 'DELETING' });
          }),
      },
      '--watch',
      '--timeout=30s',
    );

    expect(status).toBe(1);
    expect(stdout).toContain('observed: DELETING\n');
  });
});

describe('--watch, where the cluster cannot be looked at', () => {
  const noRoute = `no route to the API server ${nowhere} (ECONNREFUSED). It is private: run this inside the VPC, or open it to your address (write "apiAccessCidrs": "YOUR.IP/32" into the context of cdk.json, then npx cdk deploy).\n`;

  test('says why while it waits', async () => {
    const { status, stderr } = await verify(
      { variant: 'labelled', endpoint: nowhere },
      '--watch',
      '--timeout=30s',
    );

    expect(status).toBe(2);
    expect(stderr).toBe(`waiting for the cluster: ${noRoute.trimEnd()} (0s of 30s)\n${noRoute}`);
  });

  test('goes on when it can be, and waits for the rest', async () => {
    const { status, stderr } = await verify(
      {
        variant: 'scaled',
        outages: 2,
        state: (looks) => (looks < 3 ? scalingOut() : healthyState('scaled')),
      },
      '--watch',
    );

    expect(status).toBe(0);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        /^waiting for the cluster: could not list deployments in namespace checkout on http:\S+ HTTP 503\. Look again later\. \(0s of 200s\)$/,
      ),
      'waiting for the rollout: checkout 2 of 3 ready, 2 of 3 updated; checkout-redis 1 of 1 ready (10s of 200s)',
      '',
    ]);
  });

  test('ends at once where the context is of another cluster', async () => {
    const { status, stderr, calls } = await verify(
      { variant: 'labelled', server: 'https://other.example' },
      '--watch',
    );

    expect(status).toBe(2);
    expect(stderr).toMatch(/^context "checkout" is of another cluster: [^\n]+\n$/);
    expect(calls.filter((call) => call === 'GET /clusters/CheckoutStack')).toHaveLength(1);
  });
});

describe('could not look', () => {
  const updateKubeconfig =
    'aws eks update-kubeconfig --region us-west-2 --name CheckoutStack --role-arn arn:aws:iam::111122223333:role/Admin';

  test('at a private API server: says so, and still reports what it saw of AWS', async () => {
    const { status, stdout, stderr } = await verify({ variant: 'labelled', endpoint: nowhere });

    expect(status).toBe(2);
    expect(stderr).toBe(
      `no route to the API server ${nowhere} (ECONNREFUSED). It is private: run this inside the VPC, or open it to your address (write "apiAccessCidrs": "YOUR.IP/32" into the context of cdk.json, then npx cdk deploy).\n`,
    );
    expect(stdout).toContain('   ✓ status: ACTIVE\n');
    expect(stdout).toContain(
      '   ? rollout\n       expected: complete\n       observed: could not look at the cluster\n',
    );
    expect(stdout).toMatch(/\n\? 8 of 16 checks hold, 8 could not be judged\n$/);
  });

  test('at an API server that is open to others', async () => {
    const { stderr } = await verify({
      variant: 'labelled',
      endpoint: nowhere,
      publicCidrs: ['203.0.113.0/24'],
    });

    expect(stderr).toBe(
      `no route to the API server ${nowhere} (ECONNREFUSED). It is open to 203.0.113.0/24 only: run this from there, or add your address to apiAccessCidrs in the context of cdk.json and deploy.\n`,
    );
  });

  test('through the context of another cluster', async () => {
    const { status, stderr } = await verify({
      variant: 'labelled',
      endpoint: 'http://127.0.0.1:10',
      server: 'https://other.example',
    });

    expect(status).toBe(2);
    expect(stderr).toBe(
      `context "checkout" is of another cluster: its server is https://other.example, that of CheckoutStack is http://127.0.0.1:10. Run: ${updateKubeconfig}, or name the right context with --context.\n`,
    );
  });

  test('through a context that does not exist', async () => {
    const { status, stderr } = await verify({ variant: 'labelled' }, '--context', 'prod');

    expect(status).toBe(2);
    expect(stderr).toBe(`the kubeconfig has no context "prod": it has checkout. Run: ${updateKubeconfig}.\n`);
  });

  test('without a kubeconfig', async () => {
    const { status, stderr } = await verify({ variant: 'labelled', env: { KUBECONFIG: undefined } });

    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `there is no kubeconfig. Run: ${updateKubeconfig}.\n`,
    });
  });

  test('with a kubeconfig that is not there', async () => {
    const { status, stderr } = await verify({
      variant: 'labelled',
      env: { KUBECONFIG: '/nonexistent/config' },
    });

    expect(status).toBe(2);
    expect(stderr).toContain('cannot read the kubeconfig: ENOENT');
    expect(stderr).toContain(`Run: ${updateKubeconfig}.\n`);
  });

  test('at a cluster that was deleted', async () => {
    const { stderr } = await verify({
      variant: 'labelled',
      errors: { '/clusters/CheckoutStack': 'ResourceNotFoundException' },
    });

    expect(stderr).toBe(
      'the stack made a cluster CheckoutStack, and region us-west-2 has none. Someone deleted it by hand: destroy the stack and deploy it again.\n',
    );
  });

  test('at a stack that does not exist', async () => {
    expect(await verify({ variant: 'labelled', deployed: null })).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        'there is no stack CheckoutStack in region us-west-2. Deploy it (npx cdk deploy), or set AWS_PROFILE and AWS_REGION to where it is.\n',
    });
  });

  test('for want of an AWS that answers', async () => {
    const { status, stdout, stderr } = await verify(
      { variant: 'labelled', env: { AWS_ENDPOINT_URL: nowhere } },
      '--json',
    );

    const problem =
      'no answer from AWS in region us-west-2 to cloudformation:DescribeStacks (ECONNREFUSED). Check the network, a proxy, and AWS_ENDPOINT_URL if it is set.';
    expect({ status, stderr }).toEqual({ status: 2, stderr: `${problem}\n` });
    expect(JSON.parse(stdout)).toEqual({ status: 'unknown', problem, checks: [] });
  });

  test('for want of a region', async () => {
    const { status, stderr } = await verify({ variant: 'labelled', env: { AWS_REGION: undefined } });

    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'no usable AWS region: Region is missing. Set AWS_REGION to the region of the stack.\n',
    });
  });

  test('is not said when the region is set as for the AWS CLI', async () => {
    const { status } = await verify({
      variant: 'labelled',
      env: { AWS_REGION: undefined, AWS_DEFAULT_REGION: 'us-west-2' },
    });

    expect(status).toBe(0);
  });

  test('at a role it may not read: the other checks are made', async () => {
    const { status, stdout } = await verify({ variant: 'labelled', errors: { GetRole: 'AccessDenied' } });

    expect(status).toBe(2);
    expect(stdout).toContain(`   ? attached policies
       expected: AmazonEKSFargatePodExecutionRolePolicy
       observed: not allowed to call iam:GetRole: said by the stand-in. Allow iam:GetRole, or use credentials that have it.
`);
    expect(stdout).toMatch(/\n\? 13 of 16 checks hold, 3 could not be judged\n$/);
  });

  test.each([
    ['GetRole', 'NoSuchEntity', 'there is no role'],
    [
      `/clusters/CheckoutStack/fargate-profiles/${profileName}`,
      'ResourceNotFoundException',
      'there is no profile',
    ],
  ])('is not said of what is not there: %s', async (call, code, observed) => {
    const { status, stdout } = await verify({ variant: 'labelled', errors: { [call]: code } });

    expect(status).toBe(1);
    expect(stdout).toContain(`observed: ${observed}`);
  });
});
