import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { giveNextItsConfig } from './env.ts';
import { forgetStaleCache } from './forget-stale-cache.ts';

/** Next, as far as the entry knows it. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Hot reloading in development; in production nothing else asks for an upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

/** The handlers of Next's custom server. Its types hide them; its documented `getUpgradeHandler` does nothing. */
interface NextServer {
  prepare(): Promise<void>;
  readonly requestHandler: Pages['handle'];
  readonly upgradeHandler: Pages['upgrade'];
}
type CreateNextServer = (options: object) => NextServer;

interface RequiredServerFiles {
  readonly config: unknown;
}

/** Where the built pages are: beside this file in an image, else where the build of the repository leaves them. */
function standaloneDir(): string {
  const here = import.meta.dirname;
  return existsSync(join(here, 'server.js')) ? here : join(here, '../.next/standalone/apps/web');
}

/** Prepares Next: from source in development, else from the standalone build. */
export async function openPages({
  development,
  port,
}: {
  development: boolean;
  port: number;
}): Promise<Pages> {
  const dir = development ? join(import.meta.dirname, '..') : standaloneDir();
  if (development) {
    await forgetStaleCache(dir);
  } else {
    const files = JSON.parse(
      await readFile(join(dir, '.next/required-server-files.json'), 'utf8'),
    ) as RequiredServerFiles;
    giveNextItsConfig(files.config);
  }
  const createNextServer = createRequire(join(dir, 'server.js'))('next') as CreateNextServer;
  // Given a server of its own that never listens, Next adds no upgrade listener to ours and never sees /ws.
  const server = createNextServer({
    dev: development,
    dir,
    port,
    hostname: 'localhost',
    httpServer: new Server(),
  });
  await server.prepare();
  return {
    handle: (request, response) => server.requestHandler(request, response),
    upgrade: (request, socket, head) => server.upgradeHandler(request, socket, head),
  };
}
