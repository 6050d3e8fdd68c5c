import { helpText, parseOptions } from '../../../lib/commands/verify/options';

const defaults = { variant: null, timeoutMs: 200_000, watch: false, json: false, context: null };

test('without arguments it waits 200 s for the deployed variant', () => {
  expect(parseOptions([])).toEqual(defaults);
});

test('every option is read', () => {
  const args = ['--variant', 'scaled', '--timeout=5m', '--watch', '--json', '--context', 'arn:aws:eks:x'];
  expect(parseOptions(args)).toEqual({
    variant: 'scaled',
    timeoutMs: 300_000,
    watch: true,
    json: true,
    context: 'arn:aws:eks:x',
  });
});

test.each([
  ['0s', 0],
  ['90s', 90_000],
  ['1h', 3_600_000],
])('--timeout %s is %d ms', (timeout, timeoutMs) => {
  expect(parseOptions(['--timeout', timeout])).toEqual({ ...defaults, timeoutMs });
});

test.each([
  [['--varaint', 'scaled'], 'unknown option --varaint: did you mean --variant?'],
  [
    ['--verbose'],
    'unknown option --verbose: there are --variant, --timeout, --watch, --json, --context, --help',
  ],
  [['scaled'], 'unexpected argument "scaled": npm run verify takes options only (--help)'],
  [['--variant'], '--variant needs a value: labelled, resized or scaled'],
  [['--variant='], '--variant needs a value: labelled, resized or scaled'],
  [['--context', '--json'], '--context needs a value: the name of a context of the kubeconfig'],
  [['--json=yes'], '--json takes no value, received "yes"'],
  [['--timeout', '200'], '--timeout "200" is not a time: write a whole number with s, m or h, such as 200s'],
  [['--timeout=-5s'], '--timeout "-5s" is not a time: write a whole number with s, m or h, such as 200s'],
  [
    ['--jsn', '--timeout=soon'],
    'unknown option --jsn: did you mean --json?\n--timeout "soon" is not a time: write a whole number with s, m or h, such as 200s',
  ],
])('%j is refused', (args, message) => {
  expect(() => parseOptions(args)).toThrow(expect.objectContaining({ name: 'UserError', message }));
});

test.each(['--help', '-h'])('%s asks for help, which names every option', (asked) => {
  expect(parseOptions([asked])).toBe('help');
  for (const option of ['--variant', '--timeout', '--watch', '--json', '--context', '-h, --help']) {
    expect(helpText).toContain(`\n  ${option} `);
  }
});
