import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { typeScriptRunner } from '../../scripts/typescript-runner';

function manifests(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [typeScriptRunner, 'bin/manifests.ts', ...args],
    {
      cwd: path.join(__dirname, '..', '..'),
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

const WHERE = 'settings are read from the context in cdk.json';

test('arguments are refused in one line that names them, and says where the settings come from', () => {
  expect(manifests('-c', 'natGateways=1')).toEqual({
    status: 2,
    stdout: '',
    stderr: `unexpected argument "-c natGateways=1": npm run manifests takes none but --help; ${WHERE}\n`,
  });
});
