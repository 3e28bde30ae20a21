// @ts-check
import { connect } from 'node:net';

/**
 * The first line that Redis answers to an inline command, such as `+PONG`, or `-NOAUTH …` where it wants a password.
 * Rejects when nobody listens, the connection ends before, or the signal aborts.
 * @param {import('./address.mjs').Address} address
 * @param {string} command
 * @param {AbortSignal} signal
 * @returns {Promise<string>}
 */
export function askRedis(address, command, signal) {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, signal }, () => socket.write(`${command}\r\n`));
    let answer = '';
    socket.setEncoding('latin1').on('data', (/** @type {string} */ text) => {
      answer += text;
      if (!answer.includes('\r\n')) return;
      socket.destroy();
      resolve(answer.split('\r\n')[0] ?? '');
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('Redis ended the connection')));
  });
}
