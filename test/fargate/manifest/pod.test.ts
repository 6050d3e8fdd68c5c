import { check, container, object, type Manifest } from '../support/manifests';

const hooked = (hook: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'cart', namespace: 'shop', annotations: { 'helm.sh/hook': hook } },
  spec: { containers: [container()] },
});
const planned = (manifest: Manifest) => check([manifest]).pods[0]!;

test.each([
  ['test', true],
  ['test-success', true],
  ['test-failure', true],
  [' test , test-success,', true],
  ['test,post-install', false],
  ['pre-test', false],
  ['test-later', false],
  ['', false],
  [',', false],
])('the Helm hook %j is a test: %s', (hook, isTest) => {
  expect(planned(hooked(hook)).helmTest).toBe(isTest);
});

test('a Pod is one, whatever a field replicas of it says', () => {
  const pod = object('v1', 'Pod', { spec: { replicas: 3, containers: [container()] } });
  expect(planned(pod).count).toEqual({ min: 1, max: 1 });
});

test('only a CronJob has a schedule and a time zone', () => {
  const spec = { schedule: '0 3 * * *', timeZone: 'Etc/UTC' };
  const template = { spec: { containers: [container()] } };
  expect(planned(object('batch/v1', 'Job', { spec: { ...spec, template } })).run).toMatchObject({
    schedule: undefined,
    timeZone: undefined,
  });
  const cronJob = object('batch/v1', 'CronJob', { spec: { ...spec, jobTemplate: { spec: { template } } } });
  expect(planned(cronJob).run).toMatchObject(spec);
});
