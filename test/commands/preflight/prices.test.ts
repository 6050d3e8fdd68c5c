/** What the table says that pods cost: those that end, that scale, and that have more storage. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMain } from './support/run-main';

const folder = mkdtempSync(path.join(tmpdir(), 'preflight-prices-'));
const file = path.join(folder, 'a.yaml');
afterAll(() => rmSync(folder, { recursive: true }));

const template = '{spec: {restartPolicy: Never, containers: [{name: c}]}}';
const object = (apiVersion: string, kind: string, spec: string, metadata = '') =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: o, namespace: shop${metadata}}\nspec: ${spec}\n`;

async function run(manifest: string, ...argv: readonly string[]) {
  writeFileSync(file, manifest);
  return runMain(['-f', file, '--profile', 'all:*', '--region', 'us-west-2', ...argv]);
}

/** The rows of the table, with one blank between cells, and the lines under it. */
async function lines(manifest: string): Promise<readonly string[]> {
  const { stdout } = await run(manifest);
  return stdout.split('\n').map((line) => line.trim().replaceAll(/ {2,}/gu, ' | '));
}

test('a CronJob costs by run: its schedule and its longest run are told, and it is in no total', async () => {
  const job = `{activeDeadlineSeconds: 5400, template: ${template}}`;
  const found = await lines(
    object(
      'batch/v1',
      'CronJob',
      `{schedule: 0 3 * * *, timeZone: Europe/Paris, jobTemplate: {spec: ${job}}}`,
    ),
  );
  expect(found).toContain('1 | CronJob shop/o | all | 0.25vCPU 0.5GB | 0.0123 | by run');
  expect(found).toContain(
    'CronJob shop/o runs at "0 3 * * *" Europe/Paris, at most 90 min, for at most 0.0185 USD.',
  );
  expect(found.join('\n')).not.toContain('in all');
});

test('without a time zone the schedule is in UTC', async () => {
  const found = await lines(
    object('batch/v1', 'CronJob', `{schedule: '@daily', jobTemplate: {spec: {template: ${template}}}}`),
  );
  expect(found).toContain('CronJob shop/o runs at "@daily" UTC, with no activeDeadlineSeconds that ends it.');
});

test.each([
  ['', 'once, with no activeDeadlineSeconds that ends it.'],
  [', activeDeadlineSeconds: 7200', 'once, at most 2 h, for at most 1.2342 USD.'],
  [', activeDeadlineSeconds: 45', 'once, at most 45 s, for at most 0.0077 USD.'],
  [', activeDeadlineSeconds: 60, suspend: true', 'suspended, at most 1 min, for at most 0.0000 USD.'],
])('a Job with 50 pods at a time%s', async (spec, told) => {
  const found = await lines(
    object('batch/v1', 'Job', `{parallelism: 50, completions: 100, template: ${template}${spec}}`),
  );
  expect(found).toContain(`Job shop/o runs ${told}`);
});

test('pods that run only on helm test are left out, and said to be', async () => {
  const found = await lines(
    object('v1', 'Pod', '{containers: [{name: c}]}', ', annotations: {helm.sh/hook: test}'),
  );
  expect(found[0]).toBe('Left out:');
  expect(found[1]).toBe(`${file}:2: Pod shop/o runs only on helm test: not priced`);
});

test('what an autoscaler scales costs a range, and so does the total', async () => {
  const found = await lines(
    object('apps/v1', 'Deployment', `{template: {spec: {containers: [{name: c}]}}}`) +
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        '{minReplicas: 2, maxReplicas: 10, scaleTargetRef: {kind: Deployment, name: o}}',
      ) +
      object('apps/v1', 'StatefulSet', `{replicas: 3, template: {spec: {containers: [{name: c}]}}}`),
  );
  expect(found).toContain('2-10 | Deployment shop/o | all | 0.25vCPU 0.5GB | 0.0247-0.1234 | 18.02-90.10');
  expect(found).toContain('5-13 | in all | 0.0617-0.1605 | 45.05-117.13');
});

test('storage above that of every pod is in the size and in the price', async () => {
  const pod = object(
    'v1',
    'Pod',
    '{containers: [{name: c, resources: {requests: {ephemeral-storage: 150Gi}}}]}',
  );
  const found = await lines(pod);
  expect(found).toContain('1 | Pod shop/o | all | 0.25vCPU 0.5GB +130GiB | 0.0268 | 19.54');
  expect(found).toContain('+GiB: ephemeral storage above the 20 GiB of every pod.');
  const { stdout } = await run(pod, '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ runs: [{ pods: [{ extraStorageGib: 130, run: null }] }] });
});

test('JSON has the run of a Job', async () => {
  const { stdout } = await run(
    object('batch/v1', 'Job', `{completions: 4, template: ${template}}`),
    '--format',
    'json',
  );
  expect(JSON.parse(stdout)).toMatchObject({
    runs: [
      {
        usdPerHour: null,
        pods: [
          {
            run: { schedule: null, timeZone: null, suspended: false, completions: 4, deadlineSeconds: null },
          },
        ],
      },
    ],
  });
});

test('the table fits 100 columns: a long name keeps its kind and its end', async () => {
  const name = `prometheus-${'x'.repeat(60)}-stack`;
  const { stdout } = await run(
    object('v1', 'Pod', '{containers: [{name: c}]}').replace('name: o', `name: ${name}`),
  );
  const row = stdout.split('\n').find((line) => line.includes('Pod …'))!;
  expect(row).toMatch(/^ +1 {2}Pod …x+-stack {2}all/u);
  expect(row.length).toBe(100);
});
