import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { manifests } from '../../../lib/commands/manifests/command';
import { runCommand } from '../../../lib/commands/run-command';
import { root } from '../../support/pages';

const folder = mkdtempSync(path.join(tmpdir(), 'manifests-'));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(root);
  rmSync(folder, { recursive: true });
});

test('a file for each variant has the objects of every stack', async () => {
  let stdout = '';
  const status = await runCommand(
    manifests,
    ['--app', path.join(root, 'test/support/two-stacks.ts'), '--environment', 'test'],
    { stdout: { write: (text) => (stdout += text) }, stderr: { write: () => undefined }, env: {} },
  );
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: ['small', 'large']
      .map(
        (variant) =>
          `dist/test/${variant}.yaml: 7 objects; left out: ConfigMap aws-observability/aws-logging\n`,
      )
      .join(''),
  });
  const kinds = (variant: string) =>
    readFileSync(path.join('dist/test', `${variant}.yaml`), 'utf8').match(/^kind: .*$/gm);
  expect(kinds('small')).toEqual(
    ['Namespace', 'Namespace', 'ConfigMap', 'ServiceAccount', 'Deployment', 'Namespace', 'Pod'].map(
      (kind) => `kind: ${kind}`,
    ),
  );
});
