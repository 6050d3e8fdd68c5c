import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../support/pages';

const jestCommand = path.join(root, 'node_modules/jest/bin/jest.js');

test('Jest finds the tests of a file, for --findRelatedTests, -o and its watch mode', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [jestCommand, '--listTests', '--findRelatedTests', 'lib/constructs/logs/encrypted-log-group.ts'],
    { cwd: root },
  );
  const found = stdout.split('\n').map((file) => path.relative(root, file));
  expect(found).toContain(path.join('test', 'constructs', 'logs', 'log-groups.test.ts'));
  expect(found).not.toContain(path.join('test', 'config', 'context-files.test.ts'));
});

test('no variable of AWS or the CDK reaches a test but what leaves out the validation', () => {
  expect(Object.keys(process.env).filter((name) => /^(AWS|CDK)_/.test(name))).toEqual(['CDK_VALIDATION']);
});
