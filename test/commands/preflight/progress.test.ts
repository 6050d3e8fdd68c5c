import { startProgress } from '../../../lib/commands/preflight/progress';

function run(isTTY: boolean, times: readonly number[]): string {
  let written = '';
  let time = 0;
  const progress = startProgress({ isTTY, write: (text) => (written += text) }, () => time);
  for (const next of times) {
    time = next;
    progress.report('reading f.yaml', next, 4000);
  }
  progress.end();
  return written;
}

test('nothing within two seconds, then ten times a second at the most, and no trace in the end', () => {
  expect(run(true, [0, 1000, 1999])).toBe('');
  expect(run(true, [1999, 2000, 2050, 2100])).toBe(
    '\r\u001B[Kreading f.yaml: 50 %\r\u001B[Kreading f.yaml: 52 %\r\u001B[K',
  );
});

test('nothing where nobody watches', () => {
  expect(run(false, [0, 5000])).toBe('');
});
