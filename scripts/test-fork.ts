import { exitStatus, type Command } from '../lib/commands/command';
import { runProcess } from '../lib/commands/run-command';
import { cases } from './test-fork/cases';
import { Fork } from './test-fork/fork';

const options = {
  only: {
    type: 'string',
    value: 'CASE',
    choices: Object.keys(cases),
    multiple: true,
    help: 'what to try; all unless given',
  },
} as const;

const testFork: Command<typeof options> = {
  name: 'test:fork',
  summary:
    'Does to copies of the repository what forks do, and holds that all stays green: a few minutes for each case.',
  options,
  notes: Object.entries(cases)
    .map(([name, { title }]) => `  ${name}: ${title}`)
    .join('\n'),
  statuses: { 0: 'every case is green', 1: 'one is not', 2: 'wrong usage' },
  run: ({ values }, { stdout, stderr }) => {
    const failed = Object.entries(cases)
      .filter(([name]) => values.only.length === 0 || values.only.includes(name))
      .filter(([name, { applies = () => true }]) => {
        if (!applies()) {
          stdout.write(`- ${name}: the demo is gone\n`);
          return false;
        }
        const failure = attempt(name);
        stdout.write(`${failure === undefined ? '✓' : '✗'} ${name}\n`);
        stderr.write(failure === undefined ? '' : `${failure}\n`);
        return failure !== undefined;
      });
    return failed.length === 0 ? exitStatus.held : exitStatus.failed;
  },
};

/** @returns what failed; undefined where nothing did. */
function attempt(name: string): string | undefined {
  const fork = new Fork();
  try {
    cases[name]!.run(fork);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    fork.remove();
  }
}

runProcess(testFork);
