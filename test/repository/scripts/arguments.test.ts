import { readdirSync } from 'node:fs';
import path from 'node:path';
import { read, root } from '../../support/pages';
import { runScript } from '../../support/run-script';

const scripts = Object.entries(JSON.parse(read('package.json')).scripts as Record<string, string>).flatMap(
  ([name, command]) => {
    const file = /^node bin\/typescript\.cjs (scripts\/\S+\.ts)$/.exec(command)?.[1];
    return file === undefined ? [] : [[name, file] as const];
  },
);

test('every script is an npm script', () => {
  const files = readdirSync(path.join(root, 'scripts')).filter((file) => file.endsWith('.ts'));
  // Not a script: what starts one.
  const started = files.filter((file) => file !== 'typescript-runner.ts').map((file) => `scripts/${file}`);
  expect(scripts.map(([, file]) => file).toSorted()).toEqual(started.toSorted());
});

// None of these calls may write what the script writes: the tests of the pages compare them with the code.
test.each(scripts)('%s: help is no error, an unknown option is one line and status 2', async (name, file) => {
  const [help, refused] = await Promise.all([runScript([file, '--help']), runScript([file, '--bogus'])]);
  expect(help).toEqual({ status: 0, stdout: expect.stringContaining(`npm run ${name}`), stderr: '' });
  expect(refused).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^unknown option --bogus: .*\n$/),
  });
});
