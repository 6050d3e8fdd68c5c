import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describeWithPrograms, generousMs } from '../../commands/rehearse/support/real-cluster';
import { runRehearse } from '../../commands/rehearse/support/rehearse-process';
import { createFork } from '../../support/fork';
import { codeBlocks } from '../../support/markdown';
import { read, root } from '../../support/pages';

describeWithPrograms('the second workload, rehearsed', () => {
  test(
    'every step of the fork holds',
    async () => {
      const fork = createFork();
      try {
        cpSync(path.join(root, 'examples'), path.join(fork, 'examples'), { recursive: true });
        const { text } = codeBlocks(read('docs/adding-a-workload.md')).find(
          ({ language }) => language === 'sh',
        )!;
        // Whoever tries the page on a clone has made the changes already.
        if (!existsSync(path.join(fork, 'charts/ui-chart.ts'))) {
          execFileSync('bash', ['-euc', text.replaceAll(/^npm .*$/gm, '')], { cwd: fork });
        }
        const { status, stdout } = await runRehearse([], { cwd: fork });
        expect({ status, stdout }).toMatchObject({
          status: 0,
          // That of ui, beside those of the lab.
          stdout: expect.stringMatching(/^✓ labelled .*; 5 pods \(.*1 x 0.25vCPU 2GB\)$/m),
        });
      } finally {
        rmSync(fork, { recursive: true, force: true });
      }
    },
    generousMs,
  );
});
