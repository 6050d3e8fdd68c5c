import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitStatus, type Command } from '../../lib/commands/command';
import { runCommand } from '../../lib/commands/run-command';
import { UserError } from '../../lib/user-error';
import { root } from '../support/pages';
import { runScript } from '../support/run-script';

const options = {
  file: { type: 'string', short: 'f', value: 'FILE', multiple: true, help: 'a file' },
  format: { type: 'string', value: 'FORMAT', choices: ['table', 'json'], help: 'how it is written' },
  quick: { type: 'boolean', help: 'without care' },
} as const;

const run = jest.fn<unknown, [unknown]>();
const command: Command<typeof options> = {
  name: 'count',
  summary: 'Counts things.',
  options,
  statuses: { 0: 'counted', 2: 'wrong usage' },
  run: (input) => {
    run(input);
    return exitStatus.held;
  },
};

async function outcome(argv: readonly string[], tested: Command<typeof options> = command) {
  let stdout = '';
  let stderr = '';
  const status = await runCommand(tested, argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: {},
  });
  return { status, stdout, stderr };
}

afterEach(() => run.mockReset());

test('values are handed over by the kind of their option', async () => {
  expect(await outcome(['-f', 'a', '--file=b', '--quick'])).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(run).toHaveBeenCalledWith({
    values: { file: ['a', 'b'], format: undefined, quick: true },
    positionals: [],
  });
});

test('a dash is a value: standard input', async () => {
  await outcome(['-f', '-']);
  expect(run).toHaveBeenCalledWith(
    expect.objectContaining({ values: expect.objectContaining({ file: ['-'] }) }),
  );
});

test('arguments without an option go to the command that has a name for them', async () => {
  await outcome(['a', 'b'], { ...command, positionals: 'FILE' });
  expect(run).toHaveBeenCalledWith(expect.objectContaining({ positionals: ['a', 'b'] }));
});

test.each([['--help'], ['-h'], ['--help', '--frmat', 'xml']])(
  'help, whatever else is wrong: %s %s %s',
  async (...argv) => {
    const { status, stdout, stderr } = await outcome(argv.filter(Boolean));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`Counts things.

  npm run count -- [options]

  -f, --file FILE      a file; repeatable
      --format FORMAT  how it is written; one of table, json
      --quick          without care
  -h, --help           print this

Exit status: 0 counted, 2 wrong usage.
`);
    expect(run).not.toHaveBeenCalled();
  },
);

test.each([
  ['--fle a', 'unknown option --fle: did you mean --file?'],
  ['--bananas', 'unknown option --bananas: the options are --file, --format, --quick, --help'],
  ['-x', 'unknown option -x: the options are --file, --format, --quick, --help'],
  ['a.yaml', 'unexpected argument "a.yaml": npm run count accepts options only (--help)'],
  ['--format xml', 'unknown --format "xml": choose table or json'],
  ['--format', '--format needs a value: write --format FORMAT'],
  ['--file --quick', '--file needs a value: write --file FILE'],
  ['--format=', '--format needs a value: write --format FORMAT'],
  ['--format json --format json', '--format is given twice: give it once'],
  ['--quick=yes', '--quick has no value, received "yes"'],
])('%s', async (argv, message) => {
  expect(await outcome(argv.split(' '))).toEqual({ status: 2, stdout: '', stderr: `${message}\n` });
  expect(run).not.toHaveBeenCalled();
});

test('every mistake is told at once', async () => {
  const { stderr } = await outcome(['--fromat', 'xml', '--quick=1']);
  expect(stderr).toBe(
    'unknown option --fromat: did you mean --format?\n--quick has no value, received "1"\n',
  );
});

test('a mistake that the command finds is a line, not a stack trace', async () => {
  const refusing = {
    ...command,
    run: () => {
      throw new UserError(['the file is empty']);
    },
  };
  expect(await outcome([], refusing)).toEqual({ status: 2, stdout: '', stderr: 'the file is empty\n' });
});

test('a defect is not hidden', async () => {
  const broken = {
    ...command,
    run: () => {
      throw new TypeError('undefined is not a function');
    },
  };
  await expect(outcome([], broken)).rejects.toThrow(TypeError);
});

test('a defect of a command is status 2, with its stack: it says nothing about what is judged', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'defect-')), 'command.ts');
  writeFileSync(
    file,
    `import { runProcess } from ${JSON.stringify(path.join(root, 'lib/commands/run-command'))};
runProcess({ name: 'a', summary: '', options: {}, statuses: { 0: '', 2: '' }, run: () => { throw new Error('defect'); } });`,
  );
  expect(await runScript([file])).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^Error: defect\n {4}at /),
  });
});
