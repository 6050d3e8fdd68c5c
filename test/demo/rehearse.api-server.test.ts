import { describeWithPrograms, generousMs } from '../commands/rehearse/support/real-cluster';
import { runRehearse } from '../commands/rehearse/support/rehearse-process';
import { codeBlocks } from '../support/markdown';
import { read } from '../support/pages';

/** What a machine, and the version of its programs, changes. */
function withoutMeasures(text: string): string {
  return text.replaceAll(/ +\d+\.\d s/g, ' N s').replaceAll(/v1\.\d+\.\d+/g, 'v1');
}

describeWithPrograms('the lab, rehearsed', () => {
  test(
    'prints what docs/rehearse.md shows, and leaves nothing',
    async () => {
      const { stdout, ...others } = await runRehearse(['--environment', 'lab']);
      expect(others).toMatchObject({ status: 0, left: [] });
      const shown = codeBlocks(read('docs/rehearse.md')).find(({ language }) => language === 'text')!.text;
      expect(withoutMeasures(stdout)).toBe(withoutMeasures(`${shown}\n`));
    },
    generousMs,
  );
});
