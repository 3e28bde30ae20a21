// @ts-check
import { get } from 'node:http';
import { addressOf } from './address.mjs';
import { askRedis } from './ask-redis.mjs';
import { askStore } from './ask-store.mjs';

/** @typedef {import('./attempt.mjs').Probe} Probe */
/** @typedef {import('./address.mjs').Address} Address */

/**
 * Redis answers, whatever it answers: while its disk is full a PING is refused with MISCONF, and a restart would not
 * make room.
 * @param {string} url
 * @returns {Probe}
 */
export const redisProbe = (url) => async (signal) => {
  await askRedis(addressOf(url), 'PING', signal);
  return undefined;
};

/**
 * @param {Address} address
 * @returns {Probe}
 */
export const storeProbe = (address) => async (signal) => {
  await askStore(address, signal);
  return undefined;
};

/**
 * web and ws answer while their event loop turns. What they know of the services behind them is passed on and never a
 * reason to start them again: that would bring no database back.
 * @param {Address} address
 * @returns {Probe}
 */
export const appProbe = (address) => async (signal) => troubleIn(await askApp(address, signal));

/**
 * @param {Address} address of web or ws
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the body of whatever it answers; rejects when it does not
 */
export function askApp(address, signal) {
  const to = 'path' in address ? { socketPath: address.path } : address;
  return new Promise((resolve, reject) => {
    const request = get({ ...to, path: '/livez', signal, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (/** @type {string} */ text) => (body += text));
      response.once('error', reject);
      response.once('end', () => resolve(body));
    });
    request.once('error', reject);
  });
}

/** @type {Record<string, Record<string, string>>} by the service, and the state that it is said to be in */
const troubles = {
  mongodb: { away: 'the database does not answer' },
  redis: { away: 'Redis does not answer', full: 'the disk of Redis is full' },
};

/** @param {string} body such as `{ mongodb: 'ready', redis: 'away' }` */
function troubleIn(body) {
  const states = readStates(body);
  const found = Object.entries(troubles).flatMap(([service, words]) => words[states[service] ?? ''] ?? []);
  return found.length > 0 ? `${found.join(', ')}. Trying again.` : undefined;
}

/** @param {string} body @returns {Record<string, string>} */
function readStates(body) {
  try {
    return /** @type {Record<string, string>} */ (JSON.parse(body));
  } catch {
    return {}; // Some other answer: it is one all the same.
  }
}
