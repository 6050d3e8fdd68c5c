/**
 * Kubernetes quantities (`100m`, `0.1`, `1e3`, `2.5G`, `2.5Gi`) in exact integer arithmetic: floating point
 * turns 0.1 + 0.2 into a size one step too large.
 *
 * Grammar: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

/** An amount in billionths of its unit (a core, a byte): Kubernetes keeps no finer precision than nano. */
export type Nano = bigint;

/** How many of them are a unit. */
export const nanoPerUnit = 1_000_000_000n;
/** Kubernetes caps a quantity at 2^63-1 units. */
const largest: Nano = (2n ** 63n - 1n) * nanoPerUnit;
/** More digits than this are beyond the cap or below nano; it also bounds the work for a hostile `1e999999999`. */
const mostDigits = 40;

const binarySuffixes: Readonly<Record<string, bigint>> = {
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
};
const decimal: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const quantityPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:([KMGTPE]i)|([eE][+-]?\d+)|([numkMGTPE]?))$/u;

/** Divides and rounds away from zero, as Kubernetes does when it loses precision. */
function divideUp(value: bigint, by: bigint): bigint {
  return value === 0n ? 0n : (value - 1n) / by + 1n;
}

/**
 * Reads one quantity. YAML delivers `cpu: 1` as a number and `cpu: 250m` as a string; both are quantities.
 *
 * @returns billionths of a unit, rounded up; undefined when it is no quantity.
 */
export function parseQuantity(value: string | number): Nano | undefined {
  const match = quantityPattern.exec(typeof value === 'number' ? String(value) : value);
  if (match === null) {
    return undefined;
  }
  const [, sign, whole = '', fraction = '', binary, exponent, suffix = ''] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/u, '');
  if (whole === '' && fraction === '') {
    return undefined;
  }
  const magnitude = scale(digits, fraction.length, binary, exponent, suffix);
  return sign === '-' ? -magnitude : magnitude;
}

function scale(
  digits: string,
  decimals: number,
  binary: string | undefined,
  exponent: string | undefined,
  suffix: string,
): Nano {
  if (digits === '') {
    return 0n;
  }
  const power = 9 - decimals + (exponent === undefined ? (decimal[suffix] ?? 0) : Number(exponent.slice(1)));
  if (digits.length + power > mostDigits) {
    return largest;
  }
  if (digits.length + power < -mostDigits) {
    return 1n;
  }
  const value = BigInt(digits) * (binary === undefined ? 1n : binarySuffixes[binary]!);
  const nano = power >= 0 ? value * 10n ** BigInt(power) : divideUp(value, 10n ** BigInt(-power));
  return nano > largest ? largest : nano;
}

/** Whole units that cover an amount: bytes, or with `perUnit` 1000 thousandths of a core. */
export function toUnits(amount: Nano, perUnit = 1n): bigint {
  return divideUp(amount * perUnit, nanoPerUnit);
}

const mib = 1024n ** 2n;
const gib = 1024n ** 3n;

/** Cores as people write them: `1250m`. */
export function formatCores(nano: Nano): string {
  return `${toUnits(nano, 1000n)}m`;
}

/** Bytes as people write them: `2Gi`, `512Mi`, or the bare number. */
export function formatBytes(nano: Nano): string {
  const bytes = toUnits(nano);
  if (bytes % gib === 0n) {
    return `${bytes / gib}Gi`;
  }
  return bytes % mib === 0n ? `${bytes / mib}Mi` : String(bytes);
}
