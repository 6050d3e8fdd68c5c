import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contextOf } from '../../lib/commands/settings-options';
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
