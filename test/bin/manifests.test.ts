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

test('help says where the settings come from', () => {
  const { status, stdout } = manifests('--help');
  expect(stdout).toMatch(new RegExp(`\\b${WHERE}`, 'iu'));
  expect(status).toBe(0);
});

test.each([['-c'], ['--variant'], ['labelled']])(
  'an argument is refused in one line that says where the settings come from: %s',
  (arg) => {
    expect(manifests(arg)).toEqual({
      status: 2,
      stdout: '',
      stderr: `unexpected argument "${arg}": npm run manifests takes none but --help; ${WHERE}\n`,
    });
  },
);

test('all arguments are named', () => {
  expect(manifests('-c', 'natGateways=1').stderr).toContain('unexpected argument "-c natGateways=1": ');
});
