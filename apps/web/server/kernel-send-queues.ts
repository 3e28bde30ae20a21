import { readFile } from 'node:fs/promises';
import { isIPv4, isIPv6, type Socket } from 'node:net';

/** Bytes of a connection that its peer has not acknowledged; null for a connection that is not in the table. */
export type SendQueues = (socket: Socket) => number | null;

const tables = ['/proc/self/net/tcp', '/proc/self/net/tcp6'];

/**
 * What the kernel still holds of what it took from us, for the connections of one local port. A socket takes megabytes at
 * once and asks for more when a third of them is gone: by what it takes, somebody who reads 8 KiB/s reads nothing for
 * minutes. Null where there is no such table (it is Linux's).
 */
export async function readKernelSendQueues(localPort: number): Promise<SendQueues | null> {
  const port = hexPort(localPort);
  const queues = new Map<string, number>();
  try {
    for (const table of await Promise.all(tables.map((path) => readFile(path, 'latin1')))) {
      for (const line of table.split('\n')) {
        // "sl: local:port remote:port state tx_queue:rx_queue …", in hex.
        const [, local, remote, , queue] = line.trim().split(/\s+/, 5);
        if (local?.endsWith(port) && remote && queue) queues.set(remote, parseInt(queue, 16));
      }
    }
  } catch {
    return null;
  }
  return ({ remoteAddress, remotePort }) => {
    const forms = remoteAddress === undefined ? [] : kernelForms(remoteAddress);
    const found = forms.map((form) => queues.get(form + hexPort(remotePort ?? 0)));
    return found.find((queue) => queue !== undefined) ?? null;
  };
}

function hexPort(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** As an address may stand in the tables: 32-bit words in the machine's (little-endian) order. */
function kernelForms(address: string): string[] {
  if (isIPv4(address)) return [words(ipv4Bytes(address)), words(mapped(address))];
  const [bare = ''] = address.split('%', 1);
  if (!isIPv6(bare)) return [];
  const ipv4 = /^::ffff:([\d.]+)$/i.exec(bare)?.[1];
  return ipv4 === undefined ? [words(ipv6Bytes(bare))] : [words(mapped(ipv4)), words(ipv4Bytes(ipv4))];
}

function mapped(ipv4: string): number[] {
  return [...Array.from({ length: 10 }, () => 0), 255, 255, ...ipv4Bytes(ipv4)];
}

function ipv4Bytes(address: string): number[] {
  return address.split('.').map(Number);
}

function ipv6Bytes(address: string): number[] {
  const [head = [], tail = []] = address
    .split('::')
    .map((half) => half.split(':').filter(Boolean).flatMap(groupBytes));
  return [...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail];
}

function groupBytes(group: string): number[] {
  if (isIPv4(group)) return ipv4Bytes(group);
  const value = parseInt(group, 16);
  return [value >> 8, value & 255];
}

function words(bytes: readonly number[]): string {
  const ordered = bytes.map((_, i) => bytes[(i & ~3) + 3 - (i & 3)] ?? 0);
  return ordered.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}
