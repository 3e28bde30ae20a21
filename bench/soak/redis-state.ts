import { once } from 'node:events';
import { connect } from 'node:net';
import { addressOf } from '@confab/launcher';

/** Redis, as it tells of itself. */
export interface RedisState {
  readonly keys: number;
  readonly keysWithoutTtl: number;
  /** Bytes. */
  readonly usedMemory: number;
  readonly clients: number;
  readonly channels: number;
}

const answerMaxMs = 5_000;

export async function readRedisState(url: string): Promise<RedisState> {
  const info = await askRedis(url, ['INFO']);
  const number = (pattern: RegExp) => Number(pattern.exec(info)?.[1] ?? 0);
  const keys = number(/^db0:keys=(\d+)/m);
  return {
    keys,
    keysWithoutTtl: keys - number(/^db0:.*expires=(\d+)/m),
    usedMemory: number(/^used_memory:(\d+)/m),
    // The one that asks is not counted.
    clients: number(/^connected_clients:(\d+)/m) - 1,
    channels: number(/^pubsub_channels:(\d+)/m),
  };
}

/** Keys by what they are for. All at once, and only because these are a few hundred. */
export async function countRedisKeys(url: string): Promise<Record<string, number>> {
  const found = await askRedis(url, ['EVAL', "return table.concat(redis.call('KEYS', '*'), ' ')", '0']);
  const counts: Record<string, number> = {};
  for (const key of found.split(' ').filter((name) => name !== '')) {
    const kind = kindOf(key);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** `namespace:limit:messages:<user>` is a `limit:messages`. */
const kindOf = (key: string) => key.split(':').slice(1, 3).join(':');

/**
 * Sends one command past the product and returns what Redis answers, if that is a line or a bulk string (RESP2).
 * @throws Error when Redis refuses it or does not answer in time
 */
export async function askRedis(url: string, command: readonly string[]): Promise<string> {
  const socket = connect(addressOf(url));
  const signal = AbortSignal.timeout(answerMaxMs);
  try {
    socket.write(
      `*${command.length}\r\n${command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`,
    );
    let read = '';
    for (;;) {
      const [piece] = (await once(socket, 'data', { signal })) as [Buffer];
      read += piece.toString('latin1');
      const answer = answerIn(read);
      if (answer !== null) return answer;
    }
  } finally {
    socket.destroy();
  }
}

/** Null while it is not whole. */
function answerIn(read: string): string | null {
  const end = read.indexOf('\r\n');
  if (end === -1) return null;
  const line = read.slice(1, end);
  if (read.startsWith('-')) throw new Error(`Redis refused: ${line}`);
  if (!read.startsWith('$')) return line;
  const bulk = read.slice(end + 2, end + 2 + Number(line));
  return bulk.length === Number(line) ? bulk : null;
}
