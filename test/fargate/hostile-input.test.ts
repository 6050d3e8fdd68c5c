import { check, deployment, messagesOf, object } from './support/manifests';

/** Milliseconds of a run; a quadratic one takes many times what is allowed here, a linear one a small part of it. */
function timeOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

test('many values of a wrong type take no longer than many right ones', () => {
  const labels = Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`label-${index}`, index]));
  const objects = [deployment({}, { labels })];
  expect(timeOf(() => check(objects, { profiles: [] }))).toBeLessThan(2000);
  expect(messagesOf('wrong-type', objects)).toEqual([expect.stringMatching(/ and 39995 more\. Correct/u)]);
});

test('variables that begin and never end take no longer than other text', () => {
  const data = { 'output.conf': '${'.repeat(100_000) };
  const logging = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'aws-logging', namespace: 'aws-observability' },
    data,
  };
  expect(timeOf(() => check([logging]))).toBeLessThan(2000);
});

test('a value that is referred to many times, as YAML can, is looked through once', () => {
  const spec = Array.from({ length: 24 }).reduce<object>((inner) => ({ first: inner, second: inner }), {});
  const report = object('example.com/v1', 'Report', { spec });
  expect(timeOf(() => check([report], { target: 'cluster' }))).toBeLessThan(2000);
});
