import { Progress } from '../../../lib/commands/verify/progress';

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('a terminal has one line that is rewritten, and is left as it was', () => {
  const output = recorder(true);
  const progress = new Progress(output);
  progress.show('1 of 3 ready', '2s of 200s');
  progress.show('1 of 3 ready', '4s of 200s');
  progress.end();

  const clear = '\r\u001B[K';
  expect(output.written).toEqual([
    `${clear}1 of 3 ready (2s of 200s)`,
    `${clear}1 of 3 ready (4s of 200s)`,
    clear,
  ]);
});

test('a log has a line for each change', () => {
  const output = recorder(false);
  const progress = new Progress(output);
  progress.show('1 of 3 ready', '2s of 200s');
  progress.show('1 of 3 ready', '4s of 200s');
  progress.show('2 of 3 ready', '6s of 200s');
  progress.end();

  expect(output.written).toEqual(['1 of 3 ready (2s of 200s)\n', '2 of 3 ready (6s of 200s)\n']);
});
