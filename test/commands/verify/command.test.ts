import { CouldNotLook } from '../../../lib/commands/could-not-look';
import { UnusableKubeconfig } from '../../../lib/commands/verify/connect';
import type { ApiServer } from '../../../lib/commands/verify/eks-cluster';
import type { EnvironmentPlan } from '../../../lib/stack/plan-environment';
import { UserError } from '../../../lib/user-error';
import { podsNamed } from './support/broken-states';
import { changed, healthyShop, runVerify, type Scenario, type State } from './support/run-verify';
import { shop } from './support/shop';

/** The second pod of the service is not there yet. */
function scalingOut(): State {
  return changed(({ cluster }) => {
    const gone = podsNamed(cluster, 'web')[1];
    cluster.pods = cluster.pods.filter((pod) => pod !== gone);
    const web = cluster.deployments.find(({ metadata }) => metadata?.name === 'web')!;
    Object.assign(web.status!, { updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 });
  });
}

/** One that ends after some looks. */
const soon = (looks: number, before: State): Scenario => ({
  state: (passed) => (passed < looks ? before : healthyShop()),
});

const refuse =
  (problem: CouldNotLook): NonNullable<Scenario['open']> =>
  async () => {
    throw problem;
  };
const noRoute = new CouldNotLook('no route to the API server', 'Open it');

test('a deployment that is as planned is status 0, and its report ends with it', async () => {
  const { status, stdout, stderr } = await runVerify({});
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Shop in us-west-2, checked against variant small\n\n1\. IAM roles\n/);
  expect(stdout).toMatch(/\n✓ 25 of 25 checks hold\n$/);
});

test('what does not hold is status 1, with what was expected and what is usually behind it', async () => {
  const state = changed(({ cluster }) =>
    Object.assign(podsNamed(cluster, 'db')[0]!.metadata!.annotations!, { CapacityProvisioned: '1vCPU 2GB' }),
  );
  const { status, stdout } = await runVerify({ state });
  expect(status).toBe(1);
  expect(stdout).toContain(`   ✗ CapacityProvisioned
       Pod shop/db-0: 1vCPU 2GB
         expected: 0.25vCPU 0.5GB
         Pod shop/db-0: fargate-scheduler Scheduled: Successfully assigned db-0
       usually: the pods are those of another variant`);
  expect(stdout).toMatch(/\n✗ 24 of 25 checks hold, 1 does not\n$/);
});

test('what could not be looked at is status 2, and the rest is reported', async () => {
  const { status, stdout } = await runVerify({ awsErrors: { 'iam get-role': 'AccessDenied' } });
  expect(status).toBe(2);
  expect(stdout).toContain(
    '   ? trust policy\n       system: not allowed to call GetRole: said by the stand-in. Use credentials that may.\n',
  );
  expect(stdout).toMatch(/\n\? 20 of 25 checks hold, 5 could not be judged\n$/);
});

test('AWS and the cluster are only ever read', async () => {
  const { asked } = await runVerify({}, '--details');
  expect(asked.length).toBeGreaterThan(40);
  expect(asked.filter((call) => !/^(\/|[\w-]+ (describe|get|list)-)/.test(call))).toEqual([]);
});

test('no Secret is read', async () => {
  const { asked } = await runVerify({});
  expect(asked.filter((path) => path.includes('/secrets'))).toEqual([]);
});

describe('the region', () => {
  const regionsOf = async (env: Readonly<Record<string, string>>, region?: string) => {
    const { environment } = shop;
    const plan = (): EnvironmentPlan => ({
      ...shop,
      environment: { ...environment, values: { ...environment.values, region } },
    });
    return [...new Set((await runVerify({ env, plan })).regions)];
  };

  test('is that of the environment, if it names one', async () => {
    expect(await regionsOf({ AWS_REGION: 'eu-west-1' }, 'eu-central-1')).toEqual(['eu-central-1']);
  });

  test('is otherwise that of AWS_REGION, of AWS_DEFAULT_REGION, or the one that the AWS CLI finds', async () => {
    expect(await regionsOf({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' })).toEqual([
      'eu-west-1',
    ]);
    expect(await regionsOf({ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' })).toEqual(['eu-west-2']);
    expect(await regionsOf({})).toEqual([undefined]);
  });
});

describe('the variant', () => {
  test('may be another than the deployed one', async () => {
    const { status, stdout } = await runVerify({}, '-c', 'variant=large', '--timeout=0s');
    expect(status).toBe(1);
    expect(stdout).toContain('checked against variant large (deployed: small)\n');
    expect(stdout).toContain('Deployment shop/web: 2\n         expected: 3\n');
  });

  test('must be one of the environment', async () => {
    expect(await runVerify({}, '-c', 'variant=medium')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'unknown variant "medium": choose small or large\n',
    });
  });

  test('that was deployed must be known', async () => {
    const state = changed(({ aws }) => (aws.stacks[0]!.Outputs[0]!.OutputValue = 'huge'));
    const { status, stderr } = await runVerify({ state });
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^the stack was deployed with variant "huge", which this revision does not know\. Check out/,
    );
  });

  test('is missing where no deploy came to its end', async () => {
    const state = changed(({ aws }) =>
      Object.assign(aws.stacks[0]!, { Outputs: undefined, StackStatus: 'ROLLBACK_COMPLETE' }),
    );
    const { status, stderr } = await runVerify({ state });
    expect(status).toBe(2);
    expect(stderr).toBe(
      'no stack has the output Variant: no deploy came to its end. Deploy it: npx cdk deploy.\n',
    );
  });

  test('is not asked for where the environment has none', async () => {
    const plan = (): EnvironmentPlan => ({
      ...shop,
      variants: [{ ...shop.variants[0]!, variant: undefined }],
    });
    const state = changed(({ aws }) => Object.assign(aws.stacks[0]!, { Outputs: undefined }));
    const { status, stdout } = await runVerify({ plan, state }, '-c', 'variant=large');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Shop in us-west-2\n/);
  });
});

test('a stack that does not exist is one line', async () => {
  const state = changed(({ aws }) => (aws.stacks = []));
  expect(await runVerify({ state })).toMatchObject({
    status: 2,
    stdout: '',
    stderr:
      'there is no stack Shop in this account and region. Deploy it (npx cdk deploy), or set AWS_PROFILE and AWS_REGION to where it is.\n',
  });
});

test('a resource that the deployed stack does not have is of another revision', async () => {
  const state = changed(
    ({ aws }) =>
      (aws.resources = aws.resources.filter(({ ResourceType }) => ResourceType !== 'AWS::IAM::Role')),
  );
  const { stdout } = await runVerify({ state });
  expect(stdout).toContain('shop: the stack has none\n');
  expect(stdout).toContain('usually: the stack was deployed from another revision');
});

test('several clusters are reported one after the other', async () => {
  const [variant] = shop.variants;
  const plan = (): EnvironmentPlan => ({
    ...shop,
    variants: [{ ...variant!, clusters: [...variant!.clusters, ...variant!.clusters] }],
  });
  const { stdout } = await runVerify({ plan });
  expect(stdout.match(/\n\nCluster shop-cluster\n\n1\. /g)).toHaveLength(2);
  expect(stdout).toMatch(/\n✓ 50 of 50 checks hold\n$/);
});

describe('waiting', () => {
  test('ends when the rollout is complete', async () => {
    const { status, stderr } = await runVerify(soon(3, scalingOut()));
    expect(status).toBe(0);
    expect(stderr).toBe(
      'waiting for the rollout: Deployment shop/web 1 of 2 ready, 1 of 2 updated (3s of 200s)\n',
    );
  });

  test('ends when the time is up', async () => {
    const { status, stdout } = await runVerify({ state: scalingOut() }, '--timeout', '10s');
    expect(status).toBe(1);
    expect(stdout).toContain('Deployment shop/web: 1 of 2 ready, 1 of 2 updated\n');
  });

  test('goes on until leftover pods have ended', async () => {
    const ending = changed(({ cluster }) => {
      const copy = structuredClone(podsNamed(cluster, 'web')[0]!);
      Object.assign(copy.metadata!, { name: 'web-old', deletionTimestamp: '2026-11-22T10:00:00Z' });
      cluster.pods.push(copy);
    });
    const { status, stderr } = await runVerify(soon(3, ending));
    expect(status).toBe(0);
    expect(stderr).toBe('waiting for leftover pods to end: web-old (3s of 200s)\n');
  });

  const stuck = (reason: string) =>
    changed(({ cluster }) => {
      Object.assign(cluster.deployments[0]!.status!, {
        availableReplicas: 0,
        conditions: [{ type: 'Progressing', status: 'False', reason }],
      });
    });
  test.each([
    ['Kubernetes has given up', stuck('ProgressDeadlineExceeded')],
    [
      'there is no such object',
      changed((state) => {
        Object.assign(state.cluster, scalingOut().cluster);
        state.cluster.statefulsets.pop();
      }),
    ],
  ])('does not begin where time changes nothing: %s', async (_what, state) => {
    let looks = 0;
    const { status } = await runVerify({ state: (passed) => ((looks = passed), state) });
    expect({ status, looks }).toEqual({ status: 1, looks: 0 });
  });

  test('survives a look that fails after the first', async () => {
    let asked = 0;
    const refusals = {
      get '/api/v1/namespaces/shop/pods'() {
        asked += 1;
        // Each look asks for two pages.
        return asked === 3 ? 503 : 200;
      },
    };
    const { status, stderr } = await runVerify({ ...soon(2, scalingOut()), refusals });
    expect(status).toBe(0);
    expect(stderr).toContain(
      'waiting for the rollout: could not read /api/v1/namespaces/shop/pods: refused.',
    );
  });

  test('with --watch goes on until every check holds', async () => {
    const creating = changed(({ aws }) => (aws.profiles['shop']!.status = 'CREATING'));
    const { status, stderr } = await runVerify(soon(2, creating), '--watch');
    expect(status).toBe(0);
    expect(stderr).toBe('waiting for status (10s of 200s)\n');
  });

  test.each([
    ['200', '200'],
    ['-5s', '-5s'],
    ['soon', 'soon'],
    ['5d', '5d'],
  ])('--timeout=%s is no time', async (time) => {
    const { status, stderr } = await runVerify({}, `--timeout=${time}`);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^--timeout /);
  });

  test.each([
    ['90s', '90s'],
    ['5m', '300s'],
    ['1h', '3600s'],
  ])('--timeout %s waits %s', async (time, shown) => {
    expect((await runVerify(soon(3, scalingOut()), '--timeout', time)).stderr).toContain(` of ${shown})\n`);
  });
});

describe('a cluster that cannot be looked at', () => {
  test('is told once, and AWS is reported all the same', async () => {
    const { status, stdout, stderr } = await runVerify({ open: refuse(noRoute) });
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'no route to the API server. Open it.\n' });
    expect(stdout).toContain('   ✓ status: ACTIVE\n');
    expect(stdout).toContain('   ? rollout\n       could not look at the cluster. The last line says why.\n');
  });

  test('is tried again with --watch', async () => {
    let tries = 0;
    const open: Scenario['open'] = async () => {
      tries += 1;
      throw noRoute;
    };
    const { stderr } = await runVerify({ open }, '--watch', '--timeout=30s');
    expect(tries).toBe(4);
    expect(stderr).toContain('waiting for the cluster: no route to the API server. Open it. (10s of 30s)\n');
  });

  test('is not tried again where the kubeconfig leads elsewhere', async () => {
    let tries = 0;
    const open: Scenario['open'] = async () => {
      tries += 1;
      throw new UnusableKubeconfig('context "a" is of another cluster', 'Name another');
    };
    expect((await runVerify({ open }, '--watch')).status).toBe(2);
    expect(tries).toBe(1);
  });

  test('is left, and opened again, where a first look fails', async () => {
    const refusals = { '/api/v1/namespaces/shop/pods': 401 };
    let stops = 0;
    const open: Scenario['open'] = async () => ({
      get: async () => {
        throw new CouldNotLook('refused', 'Ask', '401');
      },
      stop: async () => {
        stops += 1;
      },
    });
    const { status, stderr } = await runVerify({ open, refusals }, '--timeout=0s');
    expect({ status, stderr, stops }).toEqual({ status: 2, stderr: 'refused. Ask.\n', stops: 1 });
  });

  test.each<[string, (state: State) => unknown, RegExp]>([
    [
      'was deleted by hand',
      ({ aws }) => delete aws.cluster,
      /^the stack made a cluster shop-cluster, and region us-west-2 has none\. /,
    ],
    [
      'is not up yet',
      ({ aws }) => Object.assign(aws.cluster!, { status: 'CREATING', endpoint: undefined }),
      /^cluster shop-cluster has no API server yet: it is CREATING\. /,
    ],
  ])('because it %s', async (_what, change, told) => {
    const { status, stderr } = await runVerify({ state: changed(change) });
    expect(status).toBe(1);
    expect(stderr).toMatch(told);
  });

  test('is named as EKS describes it: who may reach it is known only of a public one', async () => {
    const serverOf = async (endpointPublicAccess: boolean) => {
      let server: ApiServer | undefined;
      const state = changed(
        ({ aws }) => (aws.cluster!.resourcesVpcConfig.endpointPublicAccess = endpointPublicAccess),
      );
      await runVerify({ state, open: async (of, ...rest) => ((server = of), refuse(noRoute)(of, ...rest)) });
      return server;
    };
    const url = 'https://ABC.gr7.us-west-2.eks.amazonaws.com';
    const server = { clusterName: 'shop-cluster', region: 'us-west-2', url };
    expect(await serverOf(false)).toEqual({ ...server, publicCidrs: [] });
    expect(await serverOf(true)).toEqual({ ...server, publicCidrs: ['0.0.0.0/0'] });
  });
});

describe('--json', () => {
  test('is one document with every check', async () => {
    const { stdout } = await runVerify({}, '--json');
    const { clusters, ...about } = JSON.parse(stdout);
    expect(about).toEqual({
      environment: 'test',
      stacks: ['Shop'],
      region: 'us-west-2',
      variant: 'small',
      deployedVariant: 'small',
      status: 'held',
    });
    expect(Object.keys(clusters[0])).toEqual(['cluster', 'checks']);
    expect(clusters[0].checks[0]).toEqual({
      id: 'role-managed-policy',
      step: 1,
      title: 'attached policies',
      status: 'held',
      subjects: [
        ['system', 'AmazonEKSFargatePodExecutionRolePolicy'],
        ['shop', 'AmazonEKSFargatePodExecutionRolePolicy'],
        ['ServiceAccount shop/reporter', 'none'],
      ].map(([subject, observed]) => ({
        subject,
        status: 'held',
        expected: observed,
        observed,
        evidence: [],
      })),
    });
  });

  test('is one document also where nothing could be looked at', async () => {
    const plan = (): never => {
      throw new UserError(['cdk.json: is not valid JSON']);
    };
    const { status, stdout, stderr } = await runVerify({ plan }, '--json');
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'cdk.json: is not valid JSON\n' });
    expect(JSON.parse(stdout)).toEqual({
      status: 'unknown',
      problem: 'cdk.json: is not valid JSON',
      clusters: [],
    });
  });
});

test('--details prints what one would look up by hand', async () => {
  const { stdout } = await runVerify({}, '--details');
  expect(stdout).toContain('PolicyName: PodLogs');
  expect(stdout).toContain('podExecutionRoleArn: arn:aws:iam::111122223333:role/Shop-shop-kq0Zb1');
  expect(stdout).toMatch(/name: Pod shop\/db-0\n\s+labels:\n\s+app: db\n/);
  expect(stdout).toContain('kubeletVersion: v1.36.1-eks-0');
  expect(stdout).toContain('fargate-scheduler Scheduled: Successfully assigned db-0');
});

test('--details has the pods of the last run of a CronJob, with events and node', async () => {
  const { stdout } = await runVerify({}, '--details', '--json');
  expect(JSON.parse(stdout).clusters[0].details.pods).toContainEqual({
    name: 'Pod shop/report-29401-zz9zz',
    labels: expect.objectContaining({ app: 'report' }),
    annotations: { CapacityProvisioned: '0.25vCPU 0.5GB', Logging: 'LoggingEnabled' },
    events: ['fargate-scheduler Scheduled: Successfully assigned report-29401-zz9zz'],
    node: {
      name: expect.stringMatching(/^fargate-ip-/),
      labels: expect.objectContaining({ 'eks.amazonaws.com/compute-type': 'fargate' }),
      system: expect.objectContaining({ osImage: 'Amazon Linux' }),
    },
  });
});

test('--details tells what could not be looked at', async () => {
  const { stdout } = await runVerify({ awsErrors: { 'iam get-role': 'AccessDenied' } }, '--details');
  expect(stdout).toContain('problem: ');
});

test('an existing VPC that was not looked up is status 2: the names of the profiles depend on its subnets', async () => {
  const values = { ...shop.environment.values, vpcId: 'vpc-0123456789abcdef0' };
  const plan: EnvironmentPlan = {
    ...shop,
    environment: { ...shop.environment, values },
    vpcIsKnown: false,
  };
  const { status, stderr, asked } = await runVerify({ plan: () => plan });
  expect({ status, asked }).toEqual({ status: 2, asked: [] });
  expect(stderr).toContain(
    'the subnets of vpcId "vpc-0123456789abcdef0" are not known here, and the names of the Fargate profiles depend on them. Look the VPC up with the credentials of its account: npx cdk synth --quiet, which writes cdk.context.json.',
  );
});
