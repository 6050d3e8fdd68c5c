import { growth, linear } from '../support/growth';
import { check, deployment, messagesOf, object } from './support/manifests';

const wrongLabels = (count: number) => [
  deployment(
    {},
    { labels: Object.fromEntries(Array.from({ length: count }, (_, index) => [`label-${index}`, index])) },
  ),
];

test('many values of a wrong type take linear time, and one finding', () => {
  expect(growth((count) => check(wrongLabels(count), { profiles: [] }), 2000)).toBeLessThan(linear);
  expect(messagesOf('wrong-type', wrongLabels(40_000))).toEqual([
    expect.stringMatching(/ and 39995 more\. Quote/u),
  ]);
});

test('variables that begin and never end take linear time', () => {
  const logging = (count: number) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'aws-logging', namespace: 'aws-observability' },
    data: { 'output.conf': '${'.repeat(count) },
  });
  expect(growth((count) => check([logging(count)]), 10_000)).toBeLessThan(linear);
});

test('a value that is referred to many times, as YAML can, is looked through once', () => {
  const report = (levels: number) => {
    const spec = Array.from({ length: levels }).reduce<object>(
      (inner) => ({ first: inner, second: inner }),
      {},
    );
    return object('example.com/v1', 'Report', { spec });
  };
  // Looked through at every reference, it would take 2 to the power of the levels.
  expect(growth((levels) => check([report(levels)], { target: 'cluster' }), 3)).toBeLessThan(linear);
});
