import { isIPv4 } from 'node:net';

/** An IPv4 range in CIDR notation. */
export interface Cidr {
  /** First address. */
  readonly address: string;
  /** Prefix length, 0 to 32. */
  readonly prefix: number;
}

/**
 * Reads an IPv4 range such as `10.0.0.0/16`.
 *
 * @param example what a message proposes: such a range, or one as large.
 * @returns the range, or what is wrong with the text and what to write instead.
 */
export function parseCidr(text: string, example: string): Cidr | { readonly problem: string } {
  const [address = '', mask, ...rest] = text.split('/');
  if (!isIPv4(address) || rest.length > 0) {
    return { problem: `is not an IPv4 range: write one as ${example}` };
  }
  if (mask === undefined) {
    const usual = Number(example.split('/')[1]);
    return { problem: `has no prefix length: did you mean "${firstAddress(address, usual)}/${usual}"?` };
  }
  const prefix = /^\d{1,2}$/.test(mask) ? Number(mask) : Number.NaN;
  if (!(prefix <= 32)) {
    return { problem: `has the prefix length "${mask}": choose 0 to 32` };
  }
  const first = firstAddress(address, prefix);
  if (first !== address) {
    return { problem: `does not begin at its first address: did you mean "${first}/${prefix}"?` };
  }
  return { address, prefix };
}

/**
 * Ranges that EKS refuses for its public endpoint: private and documentation addresses.
 * CreateCluster answers "The following CIDRs are not allowed in publicAccessCidrs". The list AWS applies
 * is not published; these were seen refused or are of the same kind (RFC 1918, 5737, 1122, 3927, 6598).
 */
const notPublic: readonly Cidr[] = [
  { address: '10.0.0.0', prefix: 8 },
  { address: '172.16.0.0', prefix: 12 },
  { address: '192.168.0.0', prefix: 16 },
  { address: '192.0.2.0', prefix: 24 },
  { address: '198.51.100.0', prefix: 24 },
  { address: '203.0.113.0', prefix: 24 },
  { address: '127.0.0.0', prefix: 8 },
  { address: '169.254.0.0', prefix: 16 },
  { address: '100.64.0.0', prefix: 10 },
];

/** Whether the range has an address that no client on the internet can have. */
export function hasPrivateAddresses(cidr: Cidr): boolean {
  return notPublic.some((other) => {
    // Of two ranges one holds the other or they are apart: the wider one's prefix decides.
    const prefix = Math.min(cidr.prefix, other.prefix);
    return firstAddress(cidr.address, prefix) === firstAddress(other.address, prefix);
  });
}

function firstAddress(address: string, prefix: number): string {
  const value = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(value / size) * size;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}
