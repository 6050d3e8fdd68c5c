/** A fork whose cdk.json is wrong, as the commands see it: in processes of their own. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createFork } from '../support/fork';
import { runScript } from '../support/run-script';

const fork = createFork();
afterAll(() => rmSync(fork, { recursive: true, force: true }));

const run = (...script: readonly string[]) => runScript(script, { cwd: fork });

test('a wrong setting in cdk.json is refused by manifests as by synth', async () => {
  writeFileSync(path.join(fork, 'cdk.json'), '{ "context": { "deletionProtection": "yes" } }');
  expect(await run('bin/manifests.ts')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'deletionProtection "yes": choose true or false\n',
  });
});

test('a cdk.json that is no JSON is named, with the place, by preflight of files too', async () => {
  writeFileSync(path.join(fork, 'cdk.json'), '{\n  "context": {\n    "natGateways": 1,\n  }\n}\n');
  writeFileSync(path.join(fork, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n');
  expect(await run('bin/preflight.ts', '-f', 'pod.yaml')).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^cdk\.json:4:3: is not valid JSON: [^\n]+\n$/u),
  });
});
