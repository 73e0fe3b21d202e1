import { isIPv6 } from 'node:net';

/** How many of the eight groups of an IPv6 address one subscriber holds: he is given a /64 and may use all of it. */
const IPV6_GROUPS = 4;

/**
 * The part of a network address that failures are counted for: an IPv4 address whole, of an IPv6 address the first 64
 * bits, because whoever has one of them has 2^64.
 */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ''] = address.split('%', 1);
  if (!isIPv6(plain)) return address;
  const [before = '', after = ''] = plain.toLowerCase().split('::', 2);
  const head = before.split(':').filter((group) => group !== '');
  const tail = after.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, IPV6_GROUPS);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
