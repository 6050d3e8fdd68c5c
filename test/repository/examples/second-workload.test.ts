import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { typeScriptRunner } from '../../../scripts/typescript-runner';
import { createFork } from '../../support/fork';
import { codeBlocks } from '../../support/markdown';
import { root } from '../../support/pages';
import { withoutSuffixes } from '../../support/profile-names';

const run = promisify(execFile);
const page = readFileSync(path.join(root, 'docs/adding-a-workload.md'), 'utf8');
const block = (language: string) =>
  codeBlocks(page).find((candidate) => candidate.language === language)!.text;

/** A fork, changed as the page says. */
let fork: string;
/** What the commands of the page print, the last of which is preflight. */
let printed: string;

beforeAll(async () => {
  fork = createFork();
  cpSync(path.join(root, 'examples'), path.join(fork, 'examples'), { recursive: true });
  // Whoever tries the page on a clone has made the changes already.
  const changed = existsSync(path.join(fork, 'charts/ui-chart.ts'));
  const commands = block('sh')
    .split('\n')
    .filter((line) => !changed || line.startsWith('npm '));
  const { stdout } = await run('bash', ['-euc', commands.join('\n')], { cwd: fork });
  printed = stdout;
});

afterAll(() => rmSync(fork, { recursive: true, force: true }));

/**
 * Replaces text in a file of a fork.
 *
 * @throws if the text is not there: the test would try the fork unchanged.
 */
function edit(file: string, text: string, by: string): void {
  const name = path.join(fork, file);
  const before = readFileSync(name, 'utf8');
  if (!before.includes(text)) {
    throw new Error(`${file} no longer holds ${text}`);
  }
  writeFileSync(name, before.replace(text, by));
}

/** The environment in which the CDK CLI runs the app of a fork. */
function cliEnvironment(): NodeJS.ProcessEnv {
  const { context } = JSON.parse(readFileSync(path.join(fork, 'cdk.json'), 'utf8'));
  return {
    ...process.env,
    CDK_OUTDIR: path.join(fork, 'cdk.out'),
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:disable-asset-staging': true }),
  };
}

/** Synthesizes the fork as the CDK CLI does, without the validation engine. */
async function synth(): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const env = { ...cliEnvironment(), CDK_VALIDATION: 'false' };
  return run(process.execPath, [typeScriptRunner, 'bin/app.ts'], { cwd: fork, env });
}

test('the page shows the diff that the example applies', () => {
  expect(`${block('diff')}\n`).toBe(
    readFileSync(path.join(root, 'examples/second-workload/fork.diff'), 'utf8'),
  );
});

test('the diff touches the configuration and the table of contents only, in some twenty lines', () => {
  const changed = block('diff').split('\n');
  expect(changed.filter((line) => line.startsWith('+++'))).toEqual(['+++ b/lib/stack/checkout-stack.ts']);
  expect(changed.filter((line) => /^[+-](?![+-])/.test(line)).length).toBeLessThanOrEqual(20);
});

test('preflight of the fork has the second workload in every variant, and nothing against it', () => {
  expect(printed.match(/\b1 +Deployment ui\/ui +ui-profile-[0-9a-f]{6} +0\.25vCPU 2GB /g)).toHaveLength(3);
  // A Kubernetes version that grows old is warned of, which is not about the workload.
  const findings = printed.match(/^(?:error|warning) .*/gm) ?? [];
  expect(findings.filter((line) => !line.startsWith('warning kubernetes-support: '))).toEqual([]);
  expect(printed).toContain('\n0 errors, ');
});

test('the fork synthesizes the second workload, checked and placed like the first', async () => {
  const { stderr } = await synth();
  expect(stderr).toContain('Deployment ui/ui: 1 x 0.25vCPU 2GB, profile ui-profile-');
  // A Kubernetes version that grows old gets one, which is not about the workload.
  expect(stderr).not.toMatch(/WARNING (?!Kubernetes |EKS creates no new )/);
  const template = readFileSync(path.join(fork, 'cdk.out/CheckoutStack.template.json'), 'utf8');
  expect(template).toContain('"FargateProfileName": "ui-profile-');
  // The namespace, on its own: nothing but labels and this name.
  expect(template).toContain('\\"name\\":\\"ui\\"}}]"');
});

test('broken on purpose, it fails with the error of the page', async () => {
  edit(
    'lib/stack/checkout-stack.ts',
    "[{ namespace: 'ui' }]",
    "[{ namespace: 'ui', labels: { fargate: 'yes' } }]",
  );
  const { code, stderr } = await synth().then(
    () => ({ code: 0, stderr: '' }),
    (error: { readonly code: number; readonly stderr: string }) => error,
  );
  expect(code).toBe(1);
  expect(withoutSuffixes(stderr)).toContain(withoutSuffixes(block('')));
  expect(stderr).not.toContain('node_modules');
});
