import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { type RunningStore, type StartOptions, startStore } from '../src/index.ts';

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'confab-store-'));
}

/** A store in this process, a client on it, and a directory that goes with them. */
export class World implements AsyncDisposable {
  readonly store: RunningStore;
  readonly client: MongoClient;
  readonly dataDir: string;

  private constructor(store: RunningStore, client: MongoClient, dataDir: string) {
    this.store = store;
    this.client = client;
    this.dataDir = dataDir;
  }

  static async open(options: Partial<StartOptions> = {}): Promise<World> {
    const dataDir = options.dataDir ?? temporaryDirectory();
    const store = await startStore({ ...options, dataDir });
    const client = await new MongoClient(store.uri).connect();
    return new World(store, client, dataDir);
  }

  collection<T extends Document = Document>(name = 'things'): Collection<T> {
    return this.client.db('test').collection<T>(name);
  }

  /** Stops the store, keeps the data. */
  async stop(): Promise<void> {
    await this.client.close();
    await this.store.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface StoreProcess {
  readonly uri: string;
  readonly child: ChildProcess;
}

/** A store in a process of its own, ready to answer. */
export async function spawnStore(dataDir: string, extra: readonly string[] = []): Promise<StoreProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', main, '--data', dataDir, '--port', '0', ...extra],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { uri } = JSON.parse(line) as { uri: string };
    return { uri, child };
  }
  throw new Error(`the store ended before it was ready: ${errors.join('')}`);
}

/** Resolves with the exit code, also of a process that ended before. */
export async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** The error that a promise rejects with. */
export async function refusal(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Record<string, unknown>;
  }
  throw new Error('was not refused');
}
