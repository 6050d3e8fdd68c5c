import { runRehearse } from './support/rehearse-process';
import { describeWithPrograms, generousMs } from './support/real-cluster';

describeWithPrograms('a rehearsal on a control plane of its own', () => {
  test.each(['cluster ', '✓ start'])(
    'leaves no process and no file when Ctrl-C ends it after "%s"',
    async (interruptAfter) => {
      expect(await runRehearse([], { interruptAfter })).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('interrupted\n'),
        left: [],
      });
    },
    generousMs,
  );
});
