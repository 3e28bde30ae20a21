import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasProc } from '../../processes/process-state.ts';
import { type Attack, type Check, equal } from '../attack.ts';
import { listenersOf } from '../stage/listeners.ts';

/** Debian's and most others' user without rights. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** Whether somebody without rights gets as far as to be heard there. */
async function reach(target: { readonly port: number } | { readonly path: string }): Promise<boolean> {
  const source = `
    const socket = require('node:net').connect(${JSON.stringify('port' in target ? { ...target, host: '127.0.0.1' } : target)});
    socket.once('connect', () => process.exit(0));
    socket.once('error', () => process.exit(1));`;
  const child = spawn(process.execPath, ['-e', source], {
    uid: nobody,
    gid: nobody,
    cwd: '/',
    stdio: 'ignore',
    env: {},
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

/** Of a folder and all in it, what others than its owner may do something with. */
function openToOthers(folder: string): string[] {
  const names = [
    folder,
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ];
  return names.filter((name) => {
    try {
      return (statSync(name).mode & 0o077) !== 0;
    } catch {
      // Gone since the folder was read.
      return false;
    }
  });
}

/** The store and Redis hold everything and ask nobody for a password: only their own user reaches them. */
export const localUsers: Attack = {
  name: 'local-users',
  sends: 'connections to the store and Redis as another user of the machine, looks into the data folder',
  needs: () => hasProc,
  async run(stage): Promise<Check[]> {
    const checks: Check[] = [];
    for (const name of ['redis', 'store'] as const) {
      const found = listenersOf(stage.product.pidOf(name) ?? 0);
      const ours = new Set(stage.inspectors.map(({ url }) => Number(new URL(url).port)));
      const ports = found.ports.filter((port) => !ours.has(port));
      const { paths } = found;
      stage.note(
        `${name} listens on ports ${ports.join(', ') || 'none'}, sockets ${paths.join(', ') || 'none'}`,
      );
      checks.push(equal(`ports of ${name}`, ports, []));
      for (const path of paths) {
        checks.push(
          equal(`the socket of ${name} is its owner's`, (statSync(path).mode & 0o777).toString(8), '600'),
        );
        checks.push(
          equal(
            `the folder of the socket of ${name} is its owner's`,
            (statSync(dirname(path)).mode & 0o777).toString(8),
            '700',
          ),
        );
      }
      if (!isRoot) continue;
      for (const target of [...ports.map((port) => ({ port })), ...paths.map((path) => ({ path }))])
        checks.push(equal(`nobody reaches ${name} at ${JSON.stringify(target)}`, await reach(target), false));
    }
    const data = join(stage.dir, 'data');
    const open = openToOthers(data).map((name) => name.slice(stage.dir.length));
    checks.push(equal('files that others than their owner may open', open.slice(0, 5), []));
    return checks;
  },
};
