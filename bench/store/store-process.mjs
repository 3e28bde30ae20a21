// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const packageDir = fileURLToPath(new URL('../../packages/embedded-mongo/', import.meta.url));

/**
 * The store in a process of its own, and how long it took to answer.
 * @param {string} dataDir
 */
export async function startStore(dataDir) {
  const started = performance.now();
  const args = ['--import', 'tsx', 'src/main.ts', '--data', dataDir, '--port', '0'];
  const child = spawn(process.execPath, args, { cwd: packageDir, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  /** @type {{ uri: string }} */
  const { uri } = JSON.parse(line);
  const openMs = Math.round(performance.now() - started);
  /** @param {NodeJS.Signals} signal */
  const stop = async (signal) => {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return { uri, openMs, pid: child.pid ?? 0, stop };
}

/**
 * Anonymous memory in MiB: what is not the mapped data file.
 * @param {number} pid
 */
export function anonymousMiB(pid) {
  const found = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(found?.[1] ?? 0) / 1024);
}
