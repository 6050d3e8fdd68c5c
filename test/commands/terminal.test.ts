import { paint, Progress } from '../../lib/commands/terminal';

function run(isTTY: boolean, times: readonly number[]): string {
  let written = '';
  let time = 0;
  const progress = new Progress({ isTTY, write: (text) => (written += text) }, () => time);
  for (const next of times) {
    time = next;
    progress.show('reading f.yaml', `${next / 40} %`);
  }
  progress.end();
  return written;
}

test('nothing within two seconds, then at most ten times a second, and no trace in the end', () => {
  expect(run(true, [0, 1000, 1999])).toBe('');
  expect(run(true, [1999, 2000, 2050, 2100])).toBe(
    '\r\u001B[Kreading f.yaml (50 %)\r\u001B[Kreading f.yaml (52.5 %)\r\u001B[K',
  );
});

test('where nobody watches, a line for each change', () => {
  expect(run(false, [0, 1999])).toBe('');
  expect(run(false, [1000, 5000, 6000])).toBe('reading f.yaml (125 %)\n');
});

test.each([
  ['a terminal with colors', { isTTY: true, hasColors: () => true }, '\u001B[31merror\u001B[39m'],
  ['a terminal without', { isTTY: true, hasColors: () => false }, 'error'],
  ['a file', {}, 'error'],
])('colors on %s', (_name, output, text) => {
  expect(paint({ write: () => true, ...output }, 'error', 'error')).toBe(text);
});
