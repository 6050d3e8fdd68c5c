import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measure, root } from '../../../scripts/bench/command';
import { figures, keepsTarget, median } from '../../../scripts/bench/figures';
import { renderTable } from '../../../scripts/bench/render';

const sample = (wall: number) => ({ wall, cpu: 2 * wall, rss: 100 });

const measured = figures('app', [
  {
    of: { name: 'empty stack', validation: 'off', args: [] },
    samples: [sample(0.9), sample(0.5), sample(0.4)],
  },
  {
    of: { name: 'app', validation: 'off', args: [], floor: 'empty stack', target: 2.2 },
    samples: [sample(1), sample(1.5), sample(1.2)],
  },
  { of: { name: 'tests', validation: 'none', args: [], target: 30 }, samples: [sample(31)] },
]);

test('the median is the middle, or the mean of the two, of sorted values', () => {
  expect(median([9, 10, 1])).toBe(9);
  expect(median([10, 1, 9, 2])).toBe(5.5);
  expect(() => median([])).toThrow('no values, no median');
});

test('a figure is the median of its runs, compared with the median of its floor', () => {
  expect(measured).toMatchObject([
    { name: 'empty stack', runs: 3, wall: 0.5, fastest: 0.4, cpu: 1, rss: 100, ratio: undefined },
    { name: 'app', runs: 3, wall: 1.2, fastest: 1, cpu: 2.4, ratio: 2.4 },
    { name: 'tests', runs: 1, wall: 31, ratio: undefined },
  ]);
});

test('a target bounds the ratio, and the seconds where there is no floor', () => {
  expect(measured.map(keepsTarget)).toEqual([undefined, false, false]);
  expect(keepsTarget({ ...measured[1]!, ratio: 2.2 })).toBe(true);
  expect(keepsTarget({ ...measured[2]!, wall: 30 })).toBe(true);
});

test('the table says of every figure whether validation was on', () => {
  expect(renderTable(measured)).toBe(
    [
      '| part | case        | validation | runs | median  | fastest | CPU     | memory  | ratio              | target                  |',
      '| ---- | ----------- | ---------- | ---- | ------- | ------- | ------- | ------- | ------------------ | ----------------------- |',
      '| app  | empty stack | off        | 3    | 0.50 s  | 0.40 s  | 1.00 s  | 100 MiB |                    |                         |',
      '| app  | app         | off        | 3    | 1.20 s  | 1.00 s  | 2.40 s  | 100 MiB | 2.40 x empty stack | at most 2.2: missed     |',
      '| app  | tests       | none       | 1    | 31.00 s | 31.00 s | 62.00 s | 100 MiB |                    | at most 30.00 s: missed |',
    ].join('\n'),
  );
});

describe('a command that goes on', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const file = (name: string) => path.join(scratch, name);
  writeFileSync(file('saved'), '');
  afterAll(() => rmSync(scratch, { recursive: true }));

  /** Does its work at the start, and again at a save: in a process, which tells what it used. Then it may say so. */
  const script = (answer: string) => `
    const { execFileSync } = require('node:child_process');
    const { watch, writeFileSync } = require('node:fs');
    const work = (step) => {
      const done = execFileSync(process.execPath, ['-p', "'done'"], { encoding: 'utf8' });
      writeFileSync(${JSON.stringify(scratch)} + '/' + step, '');
      console.log(done);
    };
    watch(${JSON.stringify(file('saved'))}, () => { ${answer} });
    work('started');
  `;
  const command = (answer: string) => ({
    args: ['-e', script(answer)],
    afterSave: { file: path.relative(root, file('saved')), done: 'done' },
  });

  test('is measured from the save to its answer, and then ended', async () => {
    // A clock that shows which step was done last.
    jest
      .spyOn(process.hrtime, 'bigint')
      .mockImplementation(() =>
        existsSync(file('answered')) ? 3_000_000_000n : existsSync(file('started')) ? 1_000_000_000n : 0n,
      );
    const { wall, rss } = await measure(command("work('answered')"), scratch);
    expect(wall).toBe(2);
    expect(rss).toBeGreaterThan(0);
  });

  test('is no figure when it ends instead', async () => {
    await expect(measure(command('process.exit(3)'), scratch)).rejects.toThrow('ended with 3');
  });
});
