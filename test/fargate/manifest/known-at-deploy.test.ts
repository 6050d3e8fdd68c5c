import { Aws, Lazy, Token } from 'aws-cdk-lib';
import { knownAtDeploy } from '../../../lib/fargate/manifest/known-at-deploy';

test.each([
  ['a text', { data: { region: Aws.REGION } }, 'data.region'],
  ['a part of a text', { spec: { url: `https://${Aws.URL_SUFFIX}` } }, 'spec.url'],
  [
    'a number',
    { spec: { ports: [{ port: 80 }, { port: Token.asNumber(Lazy.any({ produce: () => 1 })) }] } },
    'spec.ports[1].port',
  ],
  ['a list', { spec: { groups: Lazy.list({ produce: () => ['a'] }) } }, 'spec.groups[0]'],
  ['a name', { data: { [Aws.REGION]: 'x' } }, 'data'],
])('%s', (_what, value, path) => {
  expect(knownAtDeploy(value)).toBe(path);
});

test('what is known has no such path', () => {
  expect(knownAtDeploy({ spec: { replicas: 2, list: ['a', null, true], none: undefined } })).toBeUndefined();
});
