import { describeWithPrograms, generousMs } from '../../commands/rehearse/support/real-cluster';
import { runRehearse } from '../../commands/rehearse/support/rehearse-process';

describeWithPrograms('the second workload, rehearsed', () => {
  test(
    'every step holds',
    async () => {
      const { status, stdout } = await runRehearse(['--app', 'examples/second-workload/app.ts']);
      expect({ status, stdout }).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/pods \(.*1 x 0.25vCPU 2GB/m),
      });
    },
    generousMs,
  );
});
