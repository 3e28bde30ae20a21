import { BlockList, isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

/**
 * How this process learns its clients' addresses: the peer's own, unless the peer is a trusted proxy; then the last
 * address of X-Forwarded-For that no trusted proxy stands behind. The header is walked from the right, because only
 * its end was written by proxies that we trust, and the walk stops at the first entry that is not an address.
 * @param trusted addresses or CIDR ranges
 * @throws Error when one of them is neither
 */
export function clientAddressReader(trusted: readonly string[]): (request: IncomingMessage) => string {
  const isTrusted = addressCheck(trusted);
  return (request) => {
    let client = plain(request.socket.remoteAddress ?? '');
    const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    for (const entry of forwarded.reverse()) {
      const address = plain(entry.trim());
      if (isIP(client) === 0 || !isTrusted(client) || isIP(address) === 0) break;
      client = address;
    }
    return client;
  };
}

/**
 * Whether the peer itself is a trusted proxy, so that what it says of its client is believed.
 * @param trusted addresses or CIDR ranges
 * @throws Error when one of them is neither
 */
export function trustedPeerCheck(
  trusted: readonly string[],
): (request: Pick<IncomingMessage, 'socket'>) => boolean {
  const isTrusted = addressCheck(trusted);
  return ({ socket }) => {
    const peer = plain(socket.remoteAddress ?? '');
    return isIP(peer) !== 0 && isTrusted(peer);
  };
}

function addressCheck(trusted: readonly string[]): (address: string) => boolean {
  const proxies = new BlockList();
  for (const entry of trusted) addRange(proxies, entry);
  return (address) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** `::ffff:127.0.0.1`, as a dual-stack socket reports IPv4, is 127.0.0.1. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

function addRange(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const bits = prefix === undefined ? undefined : Number(prefix);
  if (isIP(address) === 0 || (bits !== undefined && !(bits >= 0 && bits <= (family === 'ipv6' ? 128 : 32)))) {
    throw new Error(`TRUSTED_PROXIES: "${entry}" is neither an address nor a range`);
  }
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, bits, family);
}
