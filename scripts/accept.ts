import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { exitStatus, type Command } from '../lib/commands/command';
import { runProcess } from '../lib/commands/run-command';
import { readCdkContext } from '../lib/config/context-files';
import { planEnvironment } from '../lib/stack/plan-environment';
import { generatedFiles } from './accept/generated-files';
import { updateSnapshots } from './accept/snapshots';

const root = path.join(__dirname, '..');

const options = {
  check: { type: 'boolean', help: 'change nothing: say which generated files are out of date' },
} as const;

const accept: Command<typeof options> = {
  name: 'accept',
  summary:
    'Accepts what a change of the code alters: the pictures of README.md, docs/rules.md, docs/settings.md, the endpoints of docs/private-operation.md, the prices of the storefront in its page and in docs/fargate-or-auto-mode.md, and the snapshots of the tests. Look at the difference before you commit it.',
  options,
  statuses: {
    0: 'all is up to date',
    1: 'with --check: it is not; without: a test with a snapshot fails',
    2: 'wrong usage or settings',
  },
  run: ({ values }, { stdout, stderr }) => {
    const outdated = generatedFiles(root, planEnvironment(readCdkContext(root))).filter(
      ({ current, generated }) => current !== generated,
    );
    if (values.check) {
      for (const { file } of outdated) {
        stdout.write(`${file} is out of date: run npm run accept\n`);
      }
      return outdated.length === 0 ? exitStatus.held : exitStatus.failed;
    }
    for (const { file, generated } of outdated) {
      writeFileSync(path.join(root, file), generated);
    }
    const { changed, failure } = updateSnapshots(root);
    const all = [...outdated.map(({ file }) => file), ...changed];
    stdout.write(all.length === 0 ? 'nothing to accept\n' : `${all.join('\n')}\n`);
    if (failure !== undefined) {
      stderr.write(failure);
      return exitStatus.failed;
    }
    return exitStatus.held;
  },
};

runProcess(accept);
