import { describeWithPrograms, generousMs } from '../commands/rehearse/support/real-cluster';
import { runRehearse } from '../commands/rehearse/support/rehearse-process';
import { codeBlocks } from '../support/markdown';
import { read } from '../support/pages';

/** Without what a machine, the version of its programs and a setting change. */
function form(text: string): string {
  return text
    .replace(/^cluster \S+ of environment \S+/, 'cluster NAME')
    .replaceAll(/ +\d+\.\d s/g, ' N s')
    .replaceAll(/\(\d.*\)/g, '(SIZES)')
    .replaceAll(/v1\.\d+\.\d+|\b\d+\b/g, 'N');
}

describeWithPrograms('the lab, rehearsed', () => {
  test(
    'holds, prints lines as docs/rehearse.md shows them, and leaves nothing',
    async () => {
      const { stdout, ...others } = await runRehearse([]);
      expect(others).toMatchObject({ status: 0, left: [] });
      const shown = codeBlocks(read('docs/rehearse.md')).find(({ language }) => language === 'text')!.text;
      expect(form(stdout)).toBe(form(`${shown}\n`));
    },
    generousMs,
  );

  test(
    'holds where Argo CD applies the workload, in the namespace and under the quota of the stack',
    async () => {
      const team = 'checkoutTeamArns=arn:aws:iam::111122223333:role/Shop';
      const { status, stdout, left } = await runRehearse(['-c', 'gitOps=true', '-c', team]);
      expect({ status, left }).toEqual({ status: 0, left: [] });
      expect(stdout).toMatch(/^✓ scaled .* 1 configured; 6 pods/m);
    },
    generousMs,
  );
});
