import { runRehearse } from './support/rehearse-process';
import { describeWithPrograms, generousMs } from './support/real-cluster';

describeWithPrograms('a rehearsal on a control plane of its own', () => {
  test.each(['cluster ', '✓ start'])(
    'leaves no process and no file when Ctrl-C ends it after "%s"',
    async (interruptAfter) => {
      expect(await runRehearse([], { interruptAfter })).toMatchObject({
        status: 130,
        stderr: expect.stringContaining('interrupted\n'),
        left: [],
      });
    },
    generousMs,
  );

  test(
    'stays at the last step until Ctrl-C, where it is asked to',
    async () => {
      const { stdout, ...others } = await runRehearse(['--keep'], { interruptAfter: 'Kept until Ctrl-C' });
      expect(others).toMatchObject({ status: 0, left: [] });
      expect(stdout).toMatch(/^Kept until Ctrl-C: \S+\/kubectl --kubeconfig=\S+ get pods -A$/m);
      expect(stdout).not.toContain('✓ deleted');
    },
    generousMs,
  );
});
