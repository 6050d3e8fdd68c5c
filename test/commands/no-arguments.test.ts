import { takeNoArguments } from '../../lib/commands/no-arguments';

/** What the command writes, and the status it ends with; undefined where it goes on. */
function given(...args: readonly string[]) {
  jest.replaceProperty(process, 'argv', ['node', 'script.ts', ...args]);
  const written = { stdout: '', stderr: '' };
  jest.spyOn(console, 'log').mockImplementation((text: string) => (written.stdout += text));
  jest.spyOn(console, 'error').mockImplementation((text: string) => (written.stderr += text));
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('ended');
  });
  try {
    takeNoArguments('manifests', 'Writes files.', '; settings are in cdk.json');
  } catch (error) {
    if ((error as Error).message !== 'ended') {
      throw error;
    }
  }
  return { status: exit.mock.calls[0]?.[0], ...written };
}

test('without arguments it goes on', () => {
  expect(given()).toEqual({ status: undefined, stdout: '', stderr: '' });
});

test.each(['--help', '-h'])('%s is no error', (help) => {
  expect(given(help)).toEqual({ status: 0, stdout: 'Writes files.', stderr: '' });
});

test.each([['extra'], ['-c', 'natGateways=1'], ['--help', 'x']])(
  'anything else is named, in one line: %s %s',
  (...args) => {
    expect(given(...args)).toEqual({
      status: 2,
      stdout: '',
      stderr: `unexpected argument "${args.join(' ')}": npm run manifests takes none but --help; settings are in cdk.json`,
    });
  },
);
