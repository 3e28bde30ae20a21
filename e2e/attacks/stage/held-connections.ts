import { readFileSync } from 'node:fs';

/** A connection between two ports of this machine, as its client sees it. */
export interface PortPair {
  readonly client: number;
  readonly server: number;
}

/**
 * How many of these the server's process still holds. A client that reads nothing is not told that it was dropped: the
 * end waits behind what is not read, in the kernel, which by then has the connection to itself (its inode is 0).
 */
export function heldConnections(pairs: readonly PortPair[]): number {
  const held = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
      readFileSync(table, 'latin1')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[9] !== undefined && fields[9] !== '0')
        .map((fields) => `${portOf(fields[1])} ${portOf(fields[2])}`),
    ),
  );
  return pairs.filter(({ client, server }) => held.has(`${server} ${client}`)).length;
}

function portOf(address = ''): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}
