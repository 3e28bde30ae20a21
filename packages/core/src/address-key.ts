import { isIPv4, isIPv6 } from 'node:net';

/** The first half of an IPv6 address names a network, and whoever has one has all of its 2^64 addresses. */
const networkGroups = 4;

/**
 * The form of a client's address by which it is counted: one for every spelling of it, and an IPv6 /64 is one address.
 * An IPv4 address in IPv6 clothes (RFC 4291, 2.5.5.2) is that IPv4 address. What is no address stays as it is.
 */
export function addressKey(address: string): string {
  const [bare = ''] = address.trim().split('%', 1);
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return address;
  const groups = groupsOf(bare);
  const [mark, high = 0, low = 0] = groups.slice(5);
  if (mark === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  }
  const network = groups.slice(0, networkGroups).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight groups of an IPv6 address, of which at most one run is left out, and the last two may be written as IPv4. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::', 2);
  const before = readGroups(head);
  if (tail === undefined) return before;
  const after = readGroups(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function readGroups(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
