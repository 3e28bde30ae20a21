import { newClientId } from '@confab/contract';
import { MemberCache } from '@confab/core/timeline/member-cache';
import { type Faults, type Person, refusal, startOwnRedis, type WorldOptions } from '../src/index.ts';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { aRoom, onProcess, type Scene } from './scene.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const silence = (s: Scene, by: Person, of: Person, minutes: number) =>
  by.api.members.silence({ conversationId: s.conversationId, userId: of.id, minutes });

const slowDown = (s: Scene, slowModeSeconds: 0 | 5 | 10 | 30 | 3_600) =>
  s.ada.api.conversations.update({
    conversationId: s.conversationId,
    clientId: newClientId(),
    slowModeSeconds,
  });

const send = ({ conversationId }: Scene, { api }: Person, clientId = newClientId()) =>
  api.messages.send({ conversationId, clientId, text: 'x' });

/** Nothing that other processes publish arrives. */
const deaf: NonNullable<Faults['faultyPubsub']> = (pubsub) => ({
  ...pubsub,
  subscribeConversation: () => Promise.resolve(() => Promise.resolve()),
});

/** ada on one process, bob on another one that hears nothing of the first. */
async function aDeafRoom(): Promise<{ s: Scene; there: Scene }> {
  const s = await aRoom();
  const there = await onProcess(s, await s.world.process({ faultyPubsub: deaf }));
  return { s, there };
}

describe('a silenced member', () => {
  it('may read and take back, and not send, edit or react', async () => {
    const s = await aRoom();
    const [own, adas] = [await s.send(s.bob, 'mine'), await s.send(s.ada, 'hers')];
    await silence(s, s.ada, s.bob, 5);
    for (const call of [
      () => send(s, s.bob),
      () => s.edit(s.bob, own, 'other'),
      () => s.react(s.bob, adas, '👍'),
    ]) {
      const { code, retryAfterMs } = await refusal(call());
      expect(code).toBe('SILENCED');
      expect(retryAfterMs).toBeGreaterThan(290_000);
      expect(retryAfterMs).toBeLessThanOrEqual(300_000);
    }
    expect(await s.page(s.bob)).toHaveLength(5);
    await s.mark(s.bob, { readSeq: 5 });
    await s.remove(s.bob, own);
    await s.bob.api.conversations.leave({ conversationId: s.conversationId });
  });

  it('is told until when, and so is everybody; so is the log', async () => {
    const now = new Date('2100-04-01T12:00:00Z');
    const s = await aRoom({ now: () => now });
    await silence(s, s.ada, s.bob, 90);
    const until = '2100-04-01T13:30:00.000Z';
    expect((await s.conversation(s.bob)).conversation.silencedUntil).toBe(until);
    const { members } = await s.ada.api.members.list({ conversationId: s.conversationId });
    expect(members.map(({ silencedUntil }) => silencedUntil)).toEqual([null, until]);
    await silence(s, s.ada, s.bob, 0);
    await silence(s, s.ada, s.bob, 0);
    expect((await s.page(s.bob)).slice(2)).toMatchObject([
      { kind: 'member', change: 'silenced', userId: s.bob.id, senderId: s.ada.id, until },
      { kind: 'member', change: 'unsilenced', userId: s.bob.id },
    ]);
    await send(s, s.bob);
  });

  it('may write again when the time is over, though nobody says so', async () => {
    let now = Date.now();
    const s = await aRoom({ now: () => new Date(now) });
    await silence(s, s.ada, s.bob, 1);
    now += 59_999;
    expect((await refusal(send(s, s.bob))).retryAfterMs).toBe(1);
    now += 1;
    await send(s, s.bob);
  });

  it('stays one who leaves and comes back', async () => {
    const s = await aRoom();
    await silence(s, s.ada, s.bob, 5);
    await s.bob.api.conversations.leave({ conversationId: s.conversationId });
    await s.bob.api.rooms.join({ conversationId: s.conversationId });
    expect((await refusal(send(s, s.bob))).code).toBe('SILENCED');
  });

  it('is none any more as a moderator', async () => {
    const s = await aRoom();
    await silence(s, s.ada, s.bob, 5);
    const member = { conversationId: s.conversationId, userId: s.bob.id };
    await s.ada.api.members.setRole({ ...member, role: 'moderator' });
    await send(s, s.bob);
  });

  it('is answered what an earlier attempt stored', async () => {
    const s = await aRoom();
    const clientId = newClientId();
    const { entry } = await send(s, s.bob, clientId);
    await silence(s, s.ada, s.bob, 5);
    expect((await send(s, s.bob, clientId)).entry).toEqual(entry);
  });
});

/** bob writes on a process, and again after ada, on another one that this one does not hear, has kept him from it. */
async function writeAfter(forbid: (s: Scene) => Promise<unknown>): Promise<Promise<unknown>> {
  const { s, there } = await aDeafRoom();
  await send(there, there.bob);
  await forbid(s);
  return send(there, there.bob);
}

describe('on a process that hears nothing of it', () => {
  it('a silence takes effect with the next message', async () => {
    expect((await refusal(writeAfter((s) => silence(s, s.ada, s.bob, 5)))).code).toBe('SILENCED');
  });

  it('a silence would not, if a lost race did not make membership be read again', async () => {
    vi.spyOn(MemberCache.prototype, 'clear').mockImplementation(() => undefined);
    await expect(writeAfter((s) => silence(s, s.ada, s.bob, 5))).resolves.toBeDefined();
  });

  const slowedDown = () =>
    writeAfter(async (s) => {
      await slowDown(s, 30);
      // Takes the turn.
      await send(s, s.bob);
    });

  it('slow mode takes effect with the next message', async () => {
    expect((await refusal(slowedDown())).code).toBe('SLOW_MODE');
  });

  it('slow mode would not, if a lost race did not make it be read again', async () => {
    vi.spyOn(MemberCache.prototype, 'clearPace').mockImplementation(() => undefined);
    await expect(slowedDown()).resolves.toBeDefined();
  });
});

describe('slow mode', () => {
  it('lets a member write once per interval, over all processes, and owners and moderators as they like', async () => {
    const s = await aRoom();
    const there = await onProcess(s, await s.world.process());
    await slowDown(s, 30);
    await send(s, s.bob);
    for (const at of [s, there]) {
      const { code, retryAfterMs } = await refusal(send(at, at.bob));
      expect(code).toBe('SLOW_MODE');
      expect(retryAfterMs).toBeGreaterThan(20_000);
      expect(retryAfterMs).toBeLessThanOrEqual(30_000);
    }
    for (const at of [s, there, s]) await send(at, at.ada);
    await s.ada.api.members.setRole({
      conversationId: s.conversationId,
      userId: s.bob.id,
      role: 'moderator',
    });
    for (const at of [s, there]) await send(at, at.bob);
  });

  it('lets one of many messages pass that one member sends at once', async () => {
    const s = await aRoom();
    const there = await onProcess(s, await s.world.process());
    await slowDown(s, 30);
    const sends = Array.from({ length: 10 }, (_, i) => send(i % 2 ? s : there, (i % 2 ? s : there).bob));
    const outcomes = await Promise.allSettled(sends);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const messages = (await s.page(s.ada)).filter(({ kind }) => kind === 'message');
    expect(messages).toHaveLength(1);
  });

  it('slows no reaction and no deletion', async () => {
    const s = await aRoom();
    await slowDown(s, 30);
    const message = await s.send(s.bob, 'x');
    await s.react(s.bob, message, '👍');
    await s.remove(s.bob, message);
  });

  it('is for edits as for messages, on whichever process: one of either at a time', async () => {
    const s = await aRoom();
    const there = await onProcess(s, await s.world.process());
    const old = await s.send(s.bob, 'x');
    await slowDown(s, 30);
    await s.edit(s.bob, old, 'said in an edit');
    for (const at of [s, there]) {
      const { code, retryAfterMs } = await refusal(at.edit(at.bob, old, 'and more'));
      expect(code).toBe('SLOW_MODE');
      expect(retryAfterMs).toBeLessThanOrEqual(30_000);
      expect((await refusal(send(at, at.bob))).code).toBe('SLOW_MODE');
    }
    expect(await s.find(s.ada, old)).toMatchObject({ text: 'said in an edit' });
    // Those above the pause stay so.
    const own = await s.send(s.ada, 'y');
    for (const text of ['1', '2', '3']) await there.edit(there.ada, own, text);
  });

  it('holds an edit up that follows a message, and no retry of it', async () => {
    const s = await aRoom();
    const old = await s.send(s.bob, 'x');
    const edit = { conversationId: s.conversationId, messageId: old.id, clientId: newClientId(), text: 'y' };
    await s.bob.api.messages.edit(edit);
    await slowDown(s, 30);
    await send(s, s.bob);
    expect((await refusal(s.edit(s.bob, old, 'z'))).code).toBe('SLOW_MODE');
    expect((await s.bob.api.messages.edit(edit)).entry.kind).toBe('edit');
  });

  it('would be passed by edits if nobody kept turns', async () => {
    const s = await aRoom({
      faultyPubsub: (pubsub) => ({ ...pubsub, pacer: () => ({ take: () => Promise.resolve(0) }) }),
    });
    const old = await s.send(s.bob, 'x');
    await slowDown(s, 30);
    for (const text of ['1', '2', '3']) await s.edit(s.bob, old, text);
  });

  it('never refuses a retry: of what was stored, on any process, however many messages ago', async () => {
    const s = await aRoom();
    const there = await onProcess(s, await s.world.process());
    const [first, second] = [newClientId(), newClientId()];
    const { entry } = await send(s, s.bob, first);
    await slowDown(s, 30);
    const later = (await send(s, s.bob, second)).entry;
    for (const at of [s, there]) {
      expect((await send(at, at.bob, first)).entry).toEqual(entry);
      expect((await send(at, at.bob, second)).entry).toEqual(later);
    }
  });

  it('never refuses a retry: of what had its turn and was not stored', async () => {
    const s = await aRoom();
    await slowDown(s, 30);
    const clientId = newClientId();
    const { timeline } = s.world.backend.core.db;
    vi.spyOn(timeline, 'insertBatch').mockRejectedValueOnce(new Error('the connection was cut'));
    expect((await refusal(send(s, s.bob, clientId))).code).toBe('UNAVAILABLE');
    const there = await onProcess(s, await s.world.process());
    expect((await refusal(send(there, there.bob))).code).toBe('SLOW_MODE');
    await send(there, there.bob, clientId);
  });

  it('made shorter or ended holds from the next message on', async () => {
    const s = await aRoom();
    await slowDown(s, 3_600);
    await send(s, s.bob);
    expect((await refusal(send(s, s.bob))).retryAfterMs).toBeGreaterThan(3_000_000);
    await slowDown(s, 10);
    expect((await refusal(send(s, s.bob))).retryAfterMs).toBeLessThanOrEqual(10_000);
    await slowDown(s, 0);
    await send(s, s.bob);
    await send(s, s.bob);
  });

  it('holds per process while Redis is away', async () => {
    const redis = await startOwnRedis();
    onTestFinished(() => redis[Symbol.asyncDispose]());
    const options: WorldOptions = { redisUrl: redis.url };
    const s = await aRoom(options);
    await slowDown(s, 30);
    await send(s, s.bob);
    await redis.kill();
    await vi.waitUntil(() => s.world.backend.core.pubsub.status().commands === 'away');
    expect((await refusal(send(s, s.bob))).code).toBe('SLOW_MODE');
    await send(s, s.ada);
  });

  it('would hold nobody who comes by another process then: that is what "per process" means', async () => {
    const redis = await startOwnRedis();
    onTestFinished(() => redis[Symbol.asyncDispose]());
    const s = await aRoom({ redisUrl: redis.url });
    const there = await onProcess(s, await s.world.process());
    await slowDown(s, 30);
    await redis.kill();
    await vi.waitUntil(() => there.world.backend.core.pubsub.status().commands === 'away');
    await send(s, s.bob);
    await send(there, there.bob);
    expect((await refusal(send(there, there.bob))).code).toBe('SLOW_MODE');
  });
});
