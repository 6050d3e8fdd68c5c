import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCdkContext } from '../../lib/config/context-files';
import { typeScriptRunner } from '../typescript-runner';
import { root, type Command } from './command';
import { writeManyFiles } from './many-files';
import { manyPods } from './many-pods';

/** One command line that is measured. */
export interface Case extends Command {
  readonly name: string;
  /** Whether CDK's template validation ran: it outweighs all else. */
  readonly validation: 'on' | 'off' | 'none';
  /** The case of the same part that it is compared with. */
  readonly floor?: string;
  /** What the ratio, or where there is no floor the seconds, should not exceed. */
  readonly target?: number;
}

/** Cases that are run in turn, because they are compared. */
export interface Part {
  readonly title: string;
  /** How often, where the number asked for would take too long. */
  readonly mostRuns?: number;
  /** @param scratch a directory for files of the benchmark. */
  readonly cases: (scratch: string) => readonly Case[];
}

const emptyApp = [typeScriptRunner, 'scripts/bench/empty-app.ts'];

/** What can be measured, by name. */
export const parts: Readonly<Record<string, Part>> = {
  app: {
    title: 'the app without the CLI',
    cases: (scratch) => {
      const off = { ...asTheCli(scratch), CDK_VALIDATION: 'false' };
      return [
        { name: 'empty stack', validation: 'off', args: emptyApp, env: off },
        {
          name: 'app',
          validation: 'off',
          args: [typeScriptRunner, 'bin/app.ts'],
          env: off,
          floor: 'empty stack',
          target: 2,
        },
        {
          name: 'two environments, one after the other',
          validation: 'off',
          args: [typeScriptRunner, 'scripts/bench/two-environments-app.ts'],
          env: off,
          floor: 'app',
          target: 1.3,
        },
      ];
    },
  },
  cli: {
    title: 'npm run synth, synth:fast and synth:watch, without npm itself',
    cases: (scratch) => {
      const synth = cdkScript('synth', scratch);
      const fast = cdkScript('synth:fast', scratch);
      const watch = cdkScript('synth:watch', scratch);
      const empty = ['--app', `node ${emptyApp.join(' ')}`];
      return [
        { name: 'empty stack, fast', validation: 'off', args: [...fast, ...empty] },
        { name: 'synth:fast', validation: 'off', args: fast, floor: 'empty stack, fast', target: 1.3 },
        {
          name: 'synth:watch, after a save',
          validation: 'off',
          args: watch,
          afterSave: { file: 'lib/config/settings.ts', done: 'Successfully synthesized' },
          floor: 'empty stack, fast',
          target: 0.8,
        },
        { name: 'empty stack', validation: 'on', args: [...synth, ...empty] },
        { name: 'synth', validation: 'on', args: synth, floor: 'empty stack', target: 1.2 },
      ];
    },
  },
  workloads: {
    title: 'workloads in one stack, without the CLI',
    cases: (scratch) =>
      [1, 10, 50, 100, 200].map((count) => ({
        name: `${count} workload${count === 1 ? '' : 's'}`,
        validation: 'off' as const,
        args: [typeScriptRunner, 'scripts/bench/many-workloads-app.ts', String(count)],
        env: { ...asTheCli(scratch), CDK_VALIDATION: 'false' },
        floor: count === 1 ? undefined : '1 workload',
        target: count === 200 ? 2.5 : undefined,
      })),
  },
  preflight: {
    title: 'npm run preflight of files',
    cases: (scratch) => {
      const preflight = [typeScriptRunner, 'bin/preflight.ts', '--profile', 'all:*', '-R', '-f'];
      const pods = [1, 5000].map((count) => {
        const file = path.join(scratch, `${count}.yaml`);
        writeFileSync(file, manyPods(count));
        return {
          name: `${count} pod${count === 1 ? '' : 's'}`,
          validation: 'none' as const,
          args: [...preflight, file],
        };
      });
      return [
        ...pods,
        {
          name: '1,780 files of 52 MB',
          validation: 'none',
          args: [...preflight, writeManyFiles(scratch)],
          target: 7,
        },
      ];
    },
  },
  test: {
    title: 'npm test, with an empty transform cache',
    mostRuns: 1,
    cases: (scratch) => [
      {
        name: 'npm test',
        validation: 'none',
        args: [npm(), 'test', '--', `--cacheDirectory=${path.join(scratch, 'jest')}`],
        env: { JITI_FS_CACHE: path.join(scratch, 'jiti') },
        target: 30,
      },
    ],
  },
};

/** Other ways to the same cluster and workload: measured where they are asked for. */
export const peers: Part = {
  title: 'a cluster with one workload, on other foundations, without the CLI',
  cases: (scratch) => {
    const off = { ...asTheCli(scratch), CDK_VALIDATION: 'false' };
    const plain = [typeScriptRunner, 'scripts/bench/plain-app.ts'];
    const blueprints = 'scripts/bench/blueprints-app.cjs';
    return [
      { name: 'plain aws-eks-v2', validation: 'off', args: plain, env: off },
      ...(isInstalled('@aws-quickstart/eks-blueprints')
        ? [{ name: 'cdk-eks-blueprints', validation: 'off' as const, args: [blueprints], env: off }]
        : []),
      {
        name: 'app',
        validation: 'off',
        args: [typeScriptRunner, 'bin/app.ts'],
        env: off,
        floor: 'plain aws-eks-v2',
      },
    ];
  },
};

function isInstalled(name: string): boolean {
  return existsSync(path.join(root, 'node_modules', name));
}

/** The context and output directory that the CLI would hand to the app. */
function asTheCli(scratch: string): Record<string, string> {
  return {
    CDK_OUTDIR: path.join(scratch, 'cdk.out'),
    CDK_CONTEXT_JSON: JSON.stringify({
      ...readCdkContext(root),
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:version-reporting': true,
    }),
  };
}

/** A script of package.json that is a call of the CDK CLI. */
function cdkScript(name: string, scratch: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const [command, ...args] = scripts[name]!.split(' ');
  if (command !== 'cdk') {
    throw new Error(`script ${name} is no longer a call of cdk: measure it otherwise`);
  }
  return ['node_modules/aws-cdk/bin/cdk', ...args, '--output', path.join(scratch, 'cdk.out')];
}

/** npm, as a file that Node.js runs. */
function npm(): string {
  const file = process.env['npm_execpath'];
  if (file === undefined) {
    throw new Error('start the benchmark with npm run bench, to measure npm test');
  }
  return file;
}
