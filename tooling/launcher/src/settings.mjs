// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseEnv } from 'node:util';
import { root } from './root.mjs';
import { Refusal } from './say.mjs';

/**
 * @typedef {object} Settings
 * @property {{ web: number, ws: number }} ports
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
  const ports = { web: readPort(env, 'WEB_PORT', 3000), ws: readPort(env, 'WS_PORT', 3001) };
  if (ports.web === ports.ws)
    throw new Refusal(`WEB_PORT and WS_PORT are both ${ports.web}: give them different ports.`);
  const dataDir = env['DATA_DIR'] ?? '.data';
  return { ports, dataDir: isAbsolute(dataDir) ? dataDir : join(root, dataDir), env };
}

/**
 * @param {Record<string, string>} env
 * @param {string} variable
 * @param {number} otherwise
 */
function readPort(env, variable, otherwise) {
  const text = env[variable] ?? String(otherwise);
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Refusal(`${variable}=${text} is not a port: give a number between 1 and 65535.`);
}
