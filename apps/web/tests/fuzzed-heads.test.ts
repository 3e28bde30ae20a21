import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { type Entry, rawRequest, startEntry } from './entry.ts';
import { type FuzzedHead, fuzzedHeads } from './fuzzed-heads.ts';
import { headerNames } from './header-names.ts';
import { readAnswers } from './read-answers.ts';
import { startWsServer, upgrade } from './ws-stand-in.ts';

const ws = await startWsServer();
afterAll(() => ws[Symbol.asyncDispose]());
const atOnce = 32;

/** Everything that comes back for these bytes, in latin1; whoever sends them ends their half at once. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.end(bytes, 'latin1');
    });
    // A reset is an answer too.
    socket.on('error', () => undefined).on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
  });
}

/** Sends every head on a connection of its own, some at once. Returns what broke HTTP in the answers, and their statuses. */
async function sendAll({ server: { port } }: Entry, heads: Iterator<FuzzedHead>) {
  const problems: unknown[] = [];
  const statuses = new Set<number>();
  async function worker(): Promise<void> {
    for (let next = heads.next(); !next.done; next = heads.next()) {
      const { bytes, isHead } = next.value;
      try {
        for (const { status } of readAnswers(await exchange(port, bytes), isHead)) statuses.add(status);
      } catch (error) {
        problems.push({ error, bytes });
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { problems, statuses };
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

test('whatever stands in a head, the answer is HTTP, the process lives and nothing of it stays', async () => {
  await using entry = await startEntry({ wsUrl: ws.url });
  await sendAll(entry, fuzzedHeads(1, 300));
  const before = heapBytes();
  const { problems, statuses } = await sendAll(entry, fuzzedHeads(2, 3_000));
  expect(problems).toEqual([]);
  // An entry that refused everything would pass all the rest.
  expect([...statuses]).toEqual(expect.arrayContaining([101, 200, 400, 401, 404, 405, 431]));
  expect(statuses).not.toContain(500);
  ws.requests.length = 0;
  expect(heapBytes() - before).toBeLessThan(16_000_000);
  expect((await fetch(`${entry.origin}/healthz`)).status).toBe(200);
});

/** Headers with which an upgrade was neither answered by a socket or a page (another Upgrade) nor refused as bad. */
async function brokenUpgrades(entry: Entry): Promise<string[]> {
  const broken: string[] = [];
  for (const name of headerNames) {
    const fields = ['x', 'chunked', '0'].map((value) => upgrade('/ws', `${name}: ${value}\r\n`));
    const answers = await Promise.all(
      fields.map((bytes) => rawRequest(entry.server.port, bytes, /\r\n\r\n/)),
    );
    if (!answers.every(({ text }) => /^HTTP\/1\.1 (?:101|200|400) /.test(text))) broken.push(name);
  }
  return broken;
}

test('no header of an upgrade reaches what would throw at it', async () => {
  await using entry = await startEntry({ wsUrl: ws.url });
  expect(await brokenUpgrades(entry)).toEqual([]);
});

test('(control) all headers passed on, some do', async () => {
  await using entry = await startEntry({ wsUrl: ws.url, upgradeHeaders: (headers) => ({ ...headers }) });
  expect(await brokenUpgrades(entry)).toContain('Trailer');
});
