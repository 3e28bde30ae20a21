// @ts-check
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from './say.mjs';

/** A socket's path is cut, or refused, beyond 104 bytes on macOS and 108 on Linux, the final NUL among them. */
export const socketPathBytesMax = 100;

/** As long as any name here: `ws-999.sock`. */
const nameBytesMax = 11;

/**
 * @typedef {object} SocketFolder
 * @property {string} dir
 * @property {(name: string) => string} path of the socket of that service
 * @property {() => void} remove with every socket in it
 */

/**
 * A folder for the sockets of what we start, which only we may enter: whoever reaches one of them may do everything.
 * It lies in the data folder; or, where paths would be too long, or the file system does not know sockets and modes, in
 * the temporary folder, fresh and with a name of chance. Call it with the data folder's lock held: what a killed
 * run left is removed.
 * @param {string} dataDir
 * @param {{ temporary?: string }} [options] the system's temporary folder, unless a test has another
 * @returns {Promise<SocketFolder>}
 */
export async function openSocketFolder(dataDir, { temporary = tmpdir() } = {}) {
  const inData = join(dataDir, 'sockets');
  rmSync(inData, { recursive: true, force: true });
  const candidates = [
    { dir: inData, make: () => (mkdirSync(inData, { mode: 0o700 }), inData) },
    { dir: join(temporary, 'confab-XXXXXX'), make: () => mkdtempSync(join(temporary, 'confab-')) },
  ];
  for (const { make } of candidates.filter(({ dir }) => fits(dir))) {
    const dir = make();
    const remove = () => rmSync(dir, { recursive: true, force: true });
    if (await takesSockets(dir)) return { dir, path: (name) => join(dir, `${name}.sock`), remove };
    remove();
  }
  throw new Refusal(
    `Neither ${inData} nor ${temporary} can hold a socket that is ours alone. Set DATA_DIR to a folder with a short and plain path on a disk of this machine.`,
  );
}

/** MongoDB's driver decodes a path twice, so one with a `%` is not found. @param {string} dir */
const fits = (dir) => !dir.includes('%') && Buffer.byteLength(dir) + 1 + nameBytesMax <= socketPathBytesMax;

/**
 * File systems that are shared with another one (a bind mount of a virtual machine) may know no sockets, or no modes.
 * @param {string} dir
 * @returns {Promise<boolean>}
 */
async function takesSockets(dir) {
  if ((statSync(dir).mode & 0o077) !== 0) return false;
  const server = createServer();
  const listens = await new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(join(dir, 'try.sock'), () => resolve(true));
  });
  if (listens) await new Promise((resolve) => server.close(resolve));
  return listens;
}
