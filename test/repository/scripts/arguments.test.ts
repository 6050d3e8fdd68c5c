import { runScript } from '../../support/run-script';

const run = (script: string, ...args: readonly string[]) => runScript([`scripts/${script}.ts`, ...args]);

// None of these calls may write what the script writes: the tests of the pages compare them with the code.
test.each([
  ['rules-page', '--bogus', 'unknown option --bogus: the options are --help\n'],
  [
    'template-diff',
    'base',
    'two folders are compared: npm run --silent template-diff -- BASE HEAD (--help says more)\n',
  ],
])('%s: help is no error, %j is one line and status 2', async (script, wrong, stderr) => {
  const [help, refused] = await Promise.all([run(script, '--help'), run(script, wrong)]);
  expect(help).toEqual({ status: 0, stdout: expect.stringContaining('npm run'), stderr: '' });
  expect(refused).toEqual({ status: 2, stdout: '', stderr });
});

test('template-diff names the assembly that is missing', async () => {
  expect(await run('template-diff', 'no-base', 'no-head')).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'no-base/labelled/CheckoutStack.template.json is not there: synthesize each variant into its folder first (--help says how)\n',
  });
});
