import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environments } from '../../lib/config/environments';
import { runScript, type Outcome } from '../support/run-script';
import { lookupVpcId, vpcLookup } from '../support/vpc-lookup';

const outdir = mkdtempSync(path.join(tmpdir(), 'eks-fargate-checkout-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** Runs the app as the CDK CLI does without credentials, and without the validation engine. */
function runApp(name: string, context: Record<string, unknown>): Promise<Outcome> {
  return runScript(['bin/app.ts'], {
    env: {
      PATH: process.env.PATH,
      CDK_OUTDIR: path.join(outdir, name),
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:disable-asset-staging': true, ...context }),
      CDK_VALIDATION: 'false',
    },
  });
}

const staleReport = path.join(outdir, 'good', 'validation-report.json');
mkdirSync(path.dirname(staleReport));
writeFileSync(staleReport, '{}');

const runs = {
  good: runApp('good', { variant: 'scaled' }),
  wrong: runApp('wrong', { variant: 'resize', varient: 'scaled' }),
  anonymous: runApp('anonymous', { vpcId: lookupVpcId }),
  cached: runApp('cached', { vpcId: lookupVpcId, ...vpcLookup('a', 'b') }),
};

test('synthesizes, and tells one line for each workload', async () => {
  const { status, stdout, stderr } = await runs.good;
  // A fork has more, and a Kubernetes version that grows old gets a warning.
  expect(stderr).toContain(
    [
      'Deployment kube-system/coredns: 2 x 0.25vCPU 0.5GB, profile system-profile',
      'Deployment checkout/checkout-redis: 1 x 0.25vCPU 0.5GB, profile checkout-profile',
      'Deployment checkout/checkout: 3 x 1vCPU 3GB, profile checkout-profile',
      '',
    ].join('\n'),
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(existsSync(path.join(outdir, 'good', `${environments.lab.stackName}.template.json`))).toBe(true);
}, 30_000);

test('leaves no warnings of an earlier synthesis, which the CLI would print again', async () => {
  await runs.good;
  expect(existsSync(staleReport)).toBe(false);
}, 30_000);

test('wrong settings: one line each, exit status 1, no stack trace', async () => {
  expect(await runs.wrong).toEqual({
    status: 1,
    stdout: '',
    stderr: [
      'unknown variant "resize": choose labelled, resized or scaled (cdk deploy -c variant=resized)',
      'unknown context key "varient": did you mean "variant"?',
      '',
    ].join('\n'),
  });
}, 30_000);

test('a look-up without credentials says what is missing', async () => {
  expect(await runs.anonymous).toEqual({
    status: 1,
    stdout: '',
    stderr: `vpcId "${lookupVpcId}" cannot be looked up without AWS credentials and a region: set AWS_PROFILE and AWS_REGION, or leave vpcId out for a new VPC\n`,
  });
}, 30_000);

test('a look-up that is kept in cdk.context.json needs no credentials', async () => {
  expect((await runs.cached).status).toBe(0);
  const template = readFileSync(
    path.join(outdir, 'cached', `${environments.lab.stackName}.template.json`),
    'utf8',
  );
  expect(template).toContain('subnet-0123456789abcdefa');
});
