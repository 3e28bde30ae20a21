// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseEnv } from 'node:util';
import { portVariables } from './ports.mjs';
import { root } from './root.mjs';
import { Refusal } from './say.mjs';

/**
 * @typedef {object} Settings
 * @property {import('./ports.mjs').Ports & { web: number }} ports
 * @property {string} dataDir
 * @property {Record<string, string>} env of `.env` and of the process; the process wins
 */

/**
 * What the launcher itself needs to know; everything else is passed on to the services, which check it themselves.
 * @returns {Settings}
 */
export function readSettings() {
  const file = join(root, '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  // An empty value in .env means what an absent one means: .env.example lists every variable that way.
  const env = /** @type {Record<string, string>} */ (
    Object.fromEntries(Object.entries({ ...written, ...process.env }).filter(([, value]) => value))
  );
  const dataDir = env['DATA_DIR'] ?? '.data';
  return { ports: readPorts(env), dataDir: isAbsolute(dataDir) ? dataDir : join(root, dataDir), env };
}

/** @param {Record<string, string>} env @returns {Settings['ports']} */
function readPorts(env) {
  const given = Object.entries(portVariables).flatMap(([name, variable]) => {
    const text = env[variable] ?? (name === 'web' ? '3000' : undefined);
    return text === undefined ? [] : [{ name, variable, port: readPort(variable, text) }];
  });
  for (const [i, { variable, port }] of given.entries()) {
    const other = given.slice(0, i).find((earlier) => earlier.port === port);
    if (!other) continue;
    throw new Refusal(`${other.variable} and ${variable} are both ${port}: give them different ports.`);
  }
  const ports = /** @type {Settings['ports']} */ (
    Object.fromEntries(given.map(({ name, port }) => [name, port]))
  );
  if (env['WS_INTERNAL_URL']?.startsWith('http:') && ports.ws === undefined)
    throw new Refusal('WS_INTERNAL_URL names a port, but ws has none: leave it empty, or set WS_PORT too.');
  return ports;
}

/**
 * @param {string} variable
 * @param {string} text
 */
function readPort(variable, text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Refusal(`${variable}=${text} is not a port: give a number between 1 and 65535.`);
}
