import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { createApp } from '../../lib/stack/create-app';
import { synthesize } from '../../lib/stack/synthesize';
import { checkTemplates } from '../../lib/synthesis/template-validation';
import { UserError } from '../../lib/user-error';
import { withoutSuffixes } from '../support/profile-names';
import { testStack } from '../support/test-stack';

jest.mock('../../lib/stack/create-app');
// What the rules find, template-validation.test.ts shows: the engine costs seconds.
jest.mock('../../lib/synthesis/template-validation');

const refuseUnchecked = jest.fn();
let written: string[];

beforeEach(() => {
  jest.mocked(checkTemplates).mockReset().mockReturnValue({ refuseUnchecked });
  refuseUnchecked.mockReset();
  written = [];
  jest.spyOn(console, 'error').mockImplementation((line: string) => written.push(line));
  jest.replaceProperty(process, 'env', {});
});

/** Has the app be that of the tests. */
function testedApp(): App {
  const app = testStack().node.root as App;
  jest.mocked(createApp).mockReturnValue({ app } as ReturnType<typeof createApp>);
  return app;
}

test('writes the templates, and tells one line for each workload', () => {
  const { outdir } = testedApp();
  expect(synthesize()).toBe(0);
  expect(existsSync(path.join(outdir, 'TestStack.template.json'))).toBe(true);
  expect(written.filter((line) => line.startsWith('Deployment ')).map(withoutSuffixes)).toEqual([
    'Deployment kube-system/coredns: 2 x 0.25vCPU 0.5GB, profile system-profile',
    'Deployment web/web: 1 x 0.25vCPU 1GB, profile web-profile',
  ]);
});

test('leaves no warnings of an earlier synthesis, which the CLI would print again', () => {
  const stale = path.join(testedApp().outdir, 'validation-report.json');
  writeFileSync(stale, '{}');
  synthesize();
  expect(existsSync(stale)).toBe(false);
});

test('has the templates checked, and asks whether they were', () => {
  const app = testedApp();
  const synth = jest.spyOn(app, 'synth');
  synthesize();
  expect(jest.mocked(checkTemplates).mock.calls).toEqual([[app]]);
  const order = [jest.mocked(checkTemplates), synth, refuseUnchecked].map(
    ({ mock }) => mock.invocationCallOrder,
  );
  expect(order.map(({ length }) => length)).toEqual([1, 1, 1]);
  expect(order.flat()).toEqual(order.flat().toSorted((a, b) => a - b));
});

test('leaves the check out where the CDK CLI does', () => {
  process.env.CDK_VALIDATION = 'false';
  testedApp();
  expect(synthesize()).toBe(0);
  expect(checkTemplates).not.toHaveBeenCalled();
});

test.each([
  ['wrong settings', new UserError(['vpcCidr "10.0.0.0" has no prefix length', 'unknown context key "a"'])],
  ['a finding', new Error('Validation failed with the following errors:\n  [Shop] wrong')],
])('%s: the message alone, and status 1', (_what, error) => {
  jest.mocked(createApp).mockImplementation(() => {
    throw error;
  });
  expect(synthesize()).toBe(1);
  expect(written).toEqual([error.message]);
});

test('a defect keeps its stack trace', () => {
  const defect = new TypeError('undefined is not a function');
  jest.mocked(createApp).mockImplementation(() => {
    throw defect;
  });
  expect(synthesize).toThrow(defect);
});
