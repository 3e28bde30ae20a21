// @ts-check
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { Refusal } from './say.mjs';

/** A local port that nobody listens on now. @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}

/**
 * Whether somebody listens on the port, on any address: binding alone does not tell (macOS lets two programs bind
 * one port on different addresses), connecting alone misses addresses of other interfaces.
 * @param {number} port
 */
export async function portIsTaken(port) {
  const answers = await Promise.all([canConnect(port, '127.0.0.1'), canConnect(port, '::1')]);
  return answers.includes(true) || !(await canListen(port));
}

/** The variable that names each port, by what listens there. */
export const portVariables = /** @type {const} */ ({
  web: 'WEB_PORT',
  ws: 'WS_PORT',
  store: 'STORE_PORT',
  redis: 'REDIS_PORT',
});

/** @typedef {{ [Name in keyof typeof portVariables]?: number }} Ports what has none listens on a socket, or on a free one */

/**
 * Refuses with the name of the variable that moves the service elsewhere.
 * @param {Ports} ports
 */
export async function requireFreePorts(ports) {
  for (const [name, variable] of Object.entries(portVariables)) {
    const port = ports[/** @type {keyof Ports} */ (name)];
    if (port === undefined || !(await portIsTaken(port))) continue;
    throw new Refusal(
      `Port ${port} is taken by another program. Set ${variable} to another port, for example ${variable}=${port + 10}.`,
    );
  }
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function canConnect(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const answer = (/** @type {boolean} */ connected) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => answer(true));
    socket.once('timeout', () => answer(false));
    socket.once('error', () => answer(false));
  });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function canListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(!('code' in error) || error.code !== 'EADDRINUSE'));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
