import { once } from 'node:events';
import { connect } from 'node:net';
import { addressOf } from '@confab/launcher';

const answerMaxMs = 2_000;

/**
 * Sends one command to Redis, past the product. Inline commands are part of the protocol, so no client is needed.
 * @throws Error when Redis refuses it or does not answer
 */
export async function redisCommand(url: string, command: string): Promise<void> {
  const socket = connect(addressOf(url));
  try {
    socket.write(`${command}\r\n`);
    const [answer] = (await once(socket, 'data', { signal: AbortSignal.timeout(answerMaxMs) })) as [Buffer];
    if (!answer.toString().startsWith('+OK'))
      throw new Error(`Redis answered ${command}: ${answer.toString()}`);
  } finally {
    socket.destroy();
  }
}
