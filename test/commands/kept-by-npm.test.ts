import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from '../../lib/commands/command';
import { refuseOptionsKeptByNpm } from '../../lib/commands/kept-by-npm';

const command = {
  name: 'look',
  options: {
    'until-ready': { type: 'boolean', help: '' },
    setting: { type: 'string', short: 'c', value: 'NAME=VALUE', multiple: true, help: '' },
  },
} as unknown as Command;

/** What npm hands over to a script of the name of the command. */
function environmentFrom(...args: readonly string[]): Record<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'npm-'));
  writeFileSync(path.join(folder, 'look.js'), 'console.log(JSON.stringify(process.env))');
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts: { look: 'node look.js' } }));
  const { stdout } = spawnSync('npm', ['run', '--silent', 'look', ...args], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  rmSync(folder, { recursive: true });
  return JSON.parse(stdout) as Record<string, string>;
}

test('options before -- are refused, because npm hands nothing of them over', () => {
  expect(() =>
    refuseOptionsKeptByNpm(command, environmentFrom('--until-ready', '-c', 'natGateways=0')),
  ).toThrow(
    'npm has kept --until-ready, -c for itself: write -- before the options (npm run look -- --until-ready …)',
  );
});

test('options after it are not, and those of npm itself are none of ours', () => {
  const env = environmentFrom('--foreground-scripts', '--', '--until-ready', '-c', 'natGateways=0');
  expect(env['npm_lifecycle_event']).toBe('look');
  expect(() => refuseOptionsKeptByNpm(command, env)).not.toThrow();
});

test('a script of another name has started the command with options of its own', () => {
  const env = { npm_lifecycle_event: 'all', npm_config_call: 'x=1' };
  expect(() => refuseOptionsKeptByNpm(command, env)).not.toThrow();
});
