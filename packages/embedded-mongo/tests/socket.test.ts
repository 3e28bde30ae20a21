import { spawnSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, describe, expect, it } from 'vitest';
import { startStore } from '../src/index.ts';
import { refusal, temporaryDirectory } from './world.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A folder whose name has what a URI has to encode. */
function socketIn(name = 'the store’s, one.sock') {
  const base = temporaryDirectory();
  directories.push(base);
  return { dataDir: join(base, 'data'), socket: join(base, name) };
}

describe('a store on a socket', () => {
  it('is reached by the URI that it reports, and listens on nothing else', async () => {
    const at = socketIn();
    const store = await startStore(at);
    expect(store.port).toBe(0);
    const client = await new MongoClient(store.uri).connect();
    await client.db('test').collection('things').insertOne({ a: 1 });
    expect(await client.db('test').collection('things').countDocuments({ a: 1 })).toBe(1);
    await client.close();
    await store.close();
  });

  it('lets nobody but its owner connect', async () => {
    const at = socketIn();
    const store = await startStore(at);
    expect(statSync(at.socket).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('takes over the socket that a killed store left', async () => {
    const at = socketIn();
    const killed =
      "require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
    spawnSync(process.execPath, ['-e', killed, at.socket]);
    expect(statSync(at.socket).isSocket()).toBe(true);
    const store = await startStore(at);
    await (await new MongoClient(store.uri).connect()).close();
    await store.close();
  });

  it('leaves alone what is no socket, and says that it cannot listen', async () => {
    const at = socketIn();
    writeFileSync(at.socket, 'somebody’s');
    expect(await refusal(startStore(at))).toMatchObject({ code: 'PORT_TAKEN' });
    expect(statSync(at.socket).isFile()).toBe(true);
  });
});
