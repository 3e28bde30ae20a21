import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** The error that a promise rejects with. */
export async function refusal(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Record<string, unknown>;
  }
  throw new Error('was not refused');
}
