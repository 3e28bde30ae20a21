// @ts-check
import { freePort } from '@confab/launcher';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { memoryBelow } from './memory.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const startMaxMs = 180_000;

/**
 * Starts the product once as a person would, waits for its first page, lets it idle, and stops it as Ctrl-C would.
 * @param {{ script: 'dev' | 'start', dataDir: string, idleMs: number }} options
 */
export async function measureRun({ script, dataDir, idleMs }) {
  const port = await freePort();
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    WEB_PORT: String(port),
    PUBLIC_ORIGIN: '',
  };
  const from = performance.now();
  const npm = spawn('npm', ['run', script], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (bytes) => (output += String(bytes)));
  const exited = once(npm, 'exit');
  try {
    while (!(await pageAnswers(port))) {
      if (npm.exitCode !== null || performance.now() - from > startMaxMs)
        throw new Error(`npm run ${script} gave no page:\n${output}`);
      await delay(50);
    }
    const secondsToPage = Math.round(performance.now() - from) / 1000;
    await delay(idleMs);
    return { secondsToPage, ...memoryBelow(npm.pid ?? 0) };
  } finally {
    npm.kill('SIGINT');
    await exited;
  }
}

/** @param {number} port */
async function pageAnswers(port) {
  try {
    const response = await fetch(`http://localhost:${port}/`, { headers: { connection: 'close' } });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false; // Nobody listens yet.
  }
}
