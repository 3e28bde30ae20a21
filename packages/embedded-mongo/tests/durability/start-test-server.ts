import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startStoreProcess } from './start-store-process.ts';

/** A server with a client of its own. */
export interface TestServer extends AsyncDisposable {
  uri: string;
  client: MongoClient;
}

/** Connects to the server at `uri`, or, where that is null, to a store of ours on an empty directory. */
export async function startTestServer(uri: string | null, flags: string[] = []): Promise<TestServer> {
  if (uri !== null) return connect(uri, () => Promise.resolve());
  const dataDir = await mkdtemp(join(tmpdir(), 'store-test-'));
  const store = await startStoreProcess(dataDir, { flags });
  return connect(store.uri, async () => {
    await store[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true });
  });
}

/** `stop` is called at the end, and also where there is nobody to connect to. */
async function connect(uri: string, stop: () => Promise<void>): Promise<TestServer> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  const dispose = async (): Promise<void> => {
    await client.close();
    await stop();
  };
  try {
    await client.connect();
  } catch (error) {
    await dispose();
    throw error;
  }
  return { uri, client, [Symbol.asyncDispose]: dispose };
}
