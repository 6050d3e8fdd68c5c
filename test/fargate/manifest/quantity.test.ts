import * as fc from 'fast-check';
import { parseQuantity, toUnits } from '../../../lib/fargate/manifest/quantity';

const nanoPerUnit = 1_000_000_000n;

test.each([
  ['100m', 100_000_000n],
  ['0.1', 100_000_000n],
  [0.1, 100_000_000n],
  [1, nanoPerUnit],
  ['1e3', 1000n * nanoPerUnit],
  ['1E3', 1000n * nanoPerUnit],
  ['1E', 10n ** 18n * nanoPerUnit],
  ['1e-3', 1_000_000n],
  ['2.5G', 2_500_000_000n * nanoPerUnit],
  ['2.5Gi', 2_684_354_560n * nanoPerUnit],
  ['128974848', 128_974_848n * nanoPerUnit],
  ['1Ei', 2n ** 60n * nanoPerUnit],
  ['1.5Ki', 1536n * nanoPerUnit],
  ['.5', nanoPerUnit / 2n],
  ['5.', 5n * nanoPerUnit],
  ['+1', nanoPerUnit],
  ['-1', -nanoPerUnit],
  ['0', 0n],
  ['1n', 1n],
  ['1u', 1000n],
])('%p', (text, expected) => {
  expect(parseQuantity(text)).toBe(expected);
});

test.each([
  '',
  ' ',
  '1 m',
  'm',
  '.',
  '1KI',
  '1K',
  '1mi',
  '1e',
  '1e3m',
  '0x10',
  'NaN',
  '1,5',
  '1_000',
  '--1',
  'Infinity',
])('%p is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test('finer than nano is rounded up, and nothing to nothing', () => {
  expect(parseQuantity('0.1n')).toBe(1n);
  expect(parseQuantity('1e-999999999')).toBe(1n);
  expect(parseQuantity('0.0000000000')).toBe(0n);
});

test('more than Kubernetes counts is capped, without the work of computing it', () => {
  const largest = (2n ** 63n - 1n) * nanoPerUnit;
  expect(parseQuantity('8Ei')).toBe(largest);
  expect(parseQuantity('1e999999999')).toBe(largest);
  expect(parseQuantity('9'.repeat(100_000))).toBe(largest);
});

test('a fraction of a unit takes a whole one', () => {
  expect(toUnits(1n)).toBe(1n);
  expect(toUnits(nanoPerUnit)).toBe(1n);
  expect(toUnits(100_000_001n, 1000n)).toBe(101n);
  expect(toUnits(0n)).toBe(0n);
});

test('a decimal number with a suffix is the number times the suffix, exactly', () => {
  const suffixes = { m: -3, '': 0, k: 3, M: 6, G: 9 } as const;
  fc.assert(
    fc.property(
      fc.nat(10 ** 6),
      fc.nat({ max: 999 }),
      fc.constantFrom(...(Object.keys(suffixes) as (keyof typeof suffixes)[])),
      (whole, thousandths, suffix) => {
        const scaled =
          (BigInt(whole) * 1000n + BigInt(thousandths)) * 10n ** BigInt(9 - 3 + 3 + suffixes[suffix]);
        expect(parseQuantity(`${whole}.${String(thousandths).padStart(3, '0')}${suffix}`)).toBe(
          scaled / 1000n,
        );
      },
    ),
  );
});

test('whatever is read is within what Kubernetes counts', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.stringMatching(/^\d{1,30}(\.\d{1,30})?(e-?\d{1,9}|[numkMGTPE]i?)?$/u),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const nano = parseQuantity(text) ?? 0n;
      expect(nano <= (2n ** 63n - 1n) * nanoPerUnit && nano >= -(2n ** 63n) * nanoPerUnit).toBe(true);
    }),
  );
});
