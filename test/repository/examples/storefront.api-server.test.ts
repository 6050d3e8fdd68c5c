import { describeWithPrograms, generousMs } from '../../commands/rehearse/support/real-cluster';
import { runRehearse } from '../../commands/rehearse/support/rehearse-process';

describeWithPrograms('the storefront, rehearsed', () => {
  test(
    'everything is applied, every pod runs where it was planned, and all of it goes again',
    async () => {
      const { status, stdout, left } = await runRehearse(['--app', 'examples/storefront/app.ts']);
      expect({ status, stdout, left }).toMatchObject({
        status: 0,
        // Two pods of ui, as its autoscaler has it, and one of carts.
        stdout: expect.stringMatching(/^✓ deployed .*; \d+ pods \(.*3 x 0.25vCPU 2GB\)$/m),
        left: [],
      });
      expect(stdout).toMatch(/^✓ deleted /m);
    },
    generousMs,
  );
});
