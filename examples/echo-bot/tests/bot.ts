import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Bot {
  /** Its exit code, once it is gone. */
  readonly exited: Promise<number | null>;
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<unknown>;
  /** As whoever runs it ends it. Resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the bot, as often as it is called, as one that keeps its place. */
export async function botOf(env: Readonly<Record<string, string>>): Promise<() => Promise<Bot>> {
  const dir = await mkdtemp(join(tmpdir(), 'confab-echo-bot-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return () => startBot({ ...env, CONFAB_PLACES: join(dir, 'places.json') });
}

/** Resolves when it listens in the harbour. */
async function startBot(env: Readonly<Record<string, string>>): Promise<Bot> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  onTestFinished(async () => {
    await end('SIGKILL');
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('listens in harbour\n')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void exited.then((code) => {
      reject(new Error(`the bot ended with ${String(code)}: ${said}`));
    });
  });
  return { exited, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
