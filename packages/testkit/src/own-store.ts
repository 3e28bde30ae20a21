import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningStore, startStore } from '@confab/embedded-mongo';
import { freePort } from '@confab/launcher';

/** An embedded store of a test's own, with fail points, to do to it what one would not do to a shared one. */
export interface OwnStore extends AsyncDisposable {
  readonly uri: string;
  /** Its connections end, and nobody answers there any more. */
  stop(): Promise<void>;
  /** On the same port, with the same data. */
  start(): Promise<void>;
}

/** `dataDir`: a folder of its own that goes with it when absent. */
export async function startOwnStore({ dataDir }: { dataDir?: string } = {}): Promise<OwnStore> {
  const own = dataDir ?? (await mkdtemp(join(tmpdir(), 'confab-store-')));
  const port = await freePort();
  const open = () => startStore({ dataDir: own, port, failPoints: true });
  let store: RunningStore | null = await open();
  const stop = async () => {
    const running = store;
    store = null;
    await running?.close();
  };
  return {
    uri: store.uri,
    stop,
    async start() {
      store ??= await open();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      if (dataDir === undefined) await rm(own, { recursive: true, force: true });
    },
  };
}
