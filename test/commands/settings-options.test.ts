import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contextOf, environmentOf, planOf } from '../../lib/commands/settings-options';
import { UserError } from '../../lib/user-error';

const folder = mkdtempSync(path.join(tmpdir(), 'settings-options-'));
writeFileSync(path.join(folder, 'cdk.json'), '{"context": {"@aws-cdk/core:flag": true, "natGateways": 3}}');
afterAll(() => rmSync(folder, { recursive: true }));

test('flags of cdk.json, the environment, and the settings of the command line, which win', () => {
  expect(contextOf({ environment: 'production', setting: ['natGateways=1', 'vpcCidr=a=b'] }, folder)).toEqual(
    {
      '@aws-cdk/core:flag': true,
      environment: 'production',
      natGateways: '1',
      vpcCidr: 'a=b',
    },
  );
  expect(contextOf({ environment: undefined, setting: [] }, folder)).not.toHaveProperty('environment');
});

test.each(['natGateways', '=1'])('-c %s', (setting) => {
  expect(() => contextOf({ environment: undefined, setting: [setting] }, folder)).toThrow(
    new UserError([`-c "${setting}" is not NAME=VALUE: write it as -c natGateways=1`]),
  );
});

const app = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

test('another app is planned, with its own environments', () => {
  const file = app(
    'app.ts',
    `import { environments as repository } from '${path.resolve('lib/config/environments')}';
     import { defineApp } from '${path.resolve('lib/stack/define-app')}';
     import { ClusterStack } from '${path.resolve('lib/stack/cluster-stack')}';
     export const environments = { shop: { ...repository.lab, stackName: 'Shop', kubernetesVersion: '1.35' } };
     export const variantNames = [];
     export const createApp = defineApp((scope, environment, props) => {
       new ClusterStack(scope, environment.stackName, { ...props, environment });
     }, environments);`,
  );
  const values = { environment: 'shop', setting: [], app: file };
  expect(environmentOf(values)).toMatchObject({ stackName: 'Shop', kubernetesVersion: '1.35' });
  expect(planOf(values).variants).toMatchObject([{ variant: undefined, stackNames: ['Shop'] }]);
});

test.each([
  [
    () => 'nowhere.ts',
    '--app "nowhere.ts": there is no such file. Write one as examples/second-workload/app.ts',
  ],
  [
    () => app('half.ts', 'export const createApp = () => undefined;'),
    'exports no environments, no variantNames. Write it as examples/second-workload/app.ts is written',
  ],
])('an app that cannot be planned: %#', (file, message) => {
  expect(() => planOf({ environment: undefined, setting: [], app: file() })).toThrow(message);
});
