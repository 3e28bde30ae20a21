import { newClientId } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { settled, type World } from '../src/index.ts';
import { aPair, requireMessage, type Scene } from './scene.ts';

/** bob on a socket that is closed by hand. */
async function onSocket({ world, bob }: Pick<Scene, 'world' | 'bob'>, closed: AbortSignal) {
  const context = await world.backend.createContext({
    connection: { transport: 'socket', closed, subscriptions: new Set() },
    headers: { authorization: `Bearer ${bob.token}` },
    clientAddress: '10.9.9.9',
  });
  return world.backend.caller(context);
}

/** What has begun at the database since it was asked last. */
function begunAt({ backend }: World) {
  let begun = 0;
  backend.core.db.connection.getClient().on('commandStarted', () => (begun += 1));
  return {
    take() {
      const taken = begun;
      begun = 0;
      return taken;
    },
  };
}

/** bob asks for 300 pages, and his socket closes when the first is there. Signals say so, or not. */
async function leaving({ told }: { told: boolean }) {
  const s = await aPair({ monitorCommands: true });
  await s.send(s.ada, 'hello');
  await settled(s.world.backend);
  const socket = new AbortController();
  const api = await onSocket(s, told ? socket.signal : new AbortController().signal);
  const begun = begunAt(s.world);
  const { conversationId } = s;
  const asked = Array.from({ length: 300 }, () => api.messages.page({ conversationId }));
  const outcomes = Promise.allSettled(asked);
  await Promise.race(asked);
  const underWay = s.world.backend.core.db.operations.running;
  begun.take();
  socket.abort();
  const answered = (await outcomes).filter(({ status }) => status === 'fulfilled').length;
  return { underWay, begunAfterwards: begun.take(), answered };
}

describe('when the caller has left', () => {
  it('no read begins at the database any more', async () => {
    const { underWay, begunAfterwards, answered } = await leaving({ told: true });
    expect(begunAfterwards).toBeLessThanOrEqual(underWay);
    expect(answered).toBeLessThan(100);
  });

  it('would all of them be read, if nobody said so', async () => {
    const { underWay, begunAfterwards, answered } = await leaving({ told: false });
    expect(begunAfterwards).toBeGreaterThan(10 * underWay);
    expect(answered).toBe(300);
  });

  it('what they write is written to its end', async () => {
    const s = await aPair();
    const socket = new AbortController();
    const api = await onSocket(s, socket.signal);
    const { conversationId } = s;
    const sent = api.messages.send({ conversationId, clientId: newClientId(), text: 'the last word' });
    socket.abort();
    const { entry } = await sent;
    expect(await s.page(s.ada)).toContainEqual(requireMessage(entry));
    // Nothing of it stays half done, and what comes after it is not begun.
    await expect(api.messages.page({ conversationId })).rejects.toThrow();
  });

  it('is told to nobody as a failure', async () => {
    const lines: string[] = [];
    const s = await aPair({ logTo: (line) => lines.push(line) });
    const socket = new AbortController();
    const api = await onSocket(s, socket.signal);
    lines.length = 0;
    const asked = Array.from({ length: 50 }, () => api.conversations.list({}));
    socket.abort();
    await Promise.allSettled(asked);
    expect(lines.filter((line) => /"level":"(warn|error)"/.test(line))).toEqual([]);
  });
});
