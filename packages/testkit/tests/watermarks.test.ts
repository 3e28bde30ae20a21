import { type LiveEvent, newClientId } from '@confab/contract';
import { refusal, settled } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { commandsOf } from './commands.ts';
import { aGroup, aPair, aWorld, scene } from './scene.ts';

const isReady = ({ type }: LiveEvent) => type === 'live.ready';
const isRaise = ({ type }: LiveEvent) => type === 'watermark.raised';

describe('a mark', () => {
  it('rises, never falls, and reading is holding', async () => {
    const s = await aPair();
    for (const text of ['1', '2', '3', '4']) await s.send(s.ada, text);
    const marked = async (marks: { readSeq?: number; deliveredSeq?: number }) => {
      const { deliveredSeq, readSeq } = (await s.mark(s.bob, marks)).watermark;
      return [deliveredSeq, readSeq];
    };
    expect(await marked({ deliveredSeq: 2 })).toEqual([2, 0]);
    expect(await marked({ readSeq: 3 })).toEqual([3, 3]);
    expect(await marked({ readSeq: 1, deliveredSeq: 1 })).toEqual([3, 3]);
    expect(await marked({ deliveredSeq: 4, readSeq: 2 })).toEqual([4, 3]);
    expect((await s.conversation(s.bob)).conversation).toMatchObject({ deliveredSeq: 4, readSeq: 3 });
  });

  it('goes to the end of the log and no further, wherever the hint of the head stands', async () => {
    const s = await aPair();
    await s.send(s.ada, '1');
    await s.world.backend.core.db.conversations.raiseHints(s.conversationId, { headRev: 50 });
    const { watermark } = await s.mark(s.bob, { readSeq: 40, deliveredSeq: Number.MAX_SAFE_INTEGER });
    expect(watermark).toEqual({ userId: s.bob.id, deliveredSeq: 1, readSeq: 1 });
  });

  it('of another life of the database is refused', async () => {
    const s = await aPair();
    await s.send(s.ada, '1');
    const mark = { conversationId: s.conversationId, epoch: 'another', readSeq: 1 };
    expect((await refusal(s.bob.api.conversations.mark(mark))).code).toBe('EPOCH_CHANGED');
    expect((await s.conversation(s.bob)).conversation.readSeq).toBe(0);
  });

  it('costs one write where something rises, and none otherwise', async () => {
    const s = await aGroup({ monitorCommands: true });
    await s.send(s.ada, 'x');
    const { during } = commandsOf(s.world);
    const writes = async (marks: { readSeq: number; deliveredSeq: number }) =>
      (await during(() => s.mark(s.bob, marks))).filter((sent) => !sent.startsWith('find '));
    expect(await writes({ readSeq: 1, deliveredSeq: 2 })).toEqual(['findAndModify memberships']);
    expect(await writes({ readSeq: 1, deliveredSeq: 2 })).toEqual([]);
    expect(await writes({ readSeq: 0, deliveredSeq: 0 })).toEqual([]);
    expect(await writes({ readSeq: 99, deliveredSeq: 99 })).toEqual(['findAndModify memberships']);
    expect(await writes({ readSeq: 99, deliveredSeq: 99 })).toEqual([]);
  });

  it('is told to the others where it rises', async () => {
    const s = await aPair();
    await s.send(s.ada, '1');
    await using feed = s.ada.events(await s.world.process());
    await feed.until(isReady);
    await s.mark(s.bob, { readSeq: 0 });
    await s.mark(s.bob, { readSeq: 1 });
    expect(await feed.until(isRaise)).toEqual({
      type: 'watermark.raised',
      epoch: s.world.backend.core.db.epoch,
      conversationId: s.conversationId,
      watermark: { userId: s.bob.id, deliveredSeq: 1, readSeq: 1 },
    });
  });

  it('in a room is told to the own devices alone, and counts reading only', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    await bob.api.rooms.join({ conversationId: id });
    const s = scene(world, { ada, bob, conversationId: id });
    await s.send(ada, 'x');
    await using adas = ada.events();
    await using bobs = bob.events();
    await Promise.all([adas.until(isReady), bobs.until(isReady)]);
    expect((await s.mark(bob, { deliveredSeq: 3 })).watermark).toEqual({
      userId: bob.id,
      deliveredSeq: 2,
      readSeq: 2,
    });
    await s.mark(bob, { readSeq: 3 });
    expect(await bobs.until(isRaise)).toMatchObject({ watermark: { userId: bob.id, readSeq: 3 } });
    await s.send(ada, 'y');
    await adas.until(({ type }) => type === 'entries.appended');
    expect(adas.events.some(isRaise)).toBe(false);
    const { watermarks } = await bob.api.conversations.watermarks({ conversationId: id });
    expect(watermarks).toEqual([{ userId: bob.id, deliveredSeq: 3, readSeq: 3 }]);
  });
});

describe('the watermarks of a conversation', () => {
  it('are those of all its members', async () => {
    const s = await aGroup();
    const cleo = await s.world.person('cleo');
    await s.send(s.ada, 'x');
    await s.ada.api.members.add({ conversationId: s.conversationId, userId: cleo.id });
    await s.mark(s.bob, { deliveredSeq: 2 });
    await settled(s.world.backend);
    const { watermarks } = await cleo.api.conversations.watermarks({ conversationId: s.conversationId });
    expect(watermarks).toEqual([
      { userId: s.ada.id, deliveredSeq: 2, readSeq: 2 },
      { userId: s.bob.id, deliveredSeq: 2, readSeq: 0 },
      { userId: cleo.id, deliveredSeq: 3, readSeq: 3 },
    ]);
  });

  it('rise with what one sends oneself, all in one command, and not before the answer', async () => {
    const s = await aPair({ monitorCommands: true });
    const { during } = commandsOf(s.world);
    await s.send(s.bob, 'before');
    const raises = (commands: readonly string[]) =>
      commands.filter((command) => command === 'update memberships');
    expect(raises(await during(() => s.send(s.ada, 'x')))).toEqual([]);
    const sentAndSettled = await during(async () => {
      for (const sender of [s.ada, s.bob, s.ada]) await s.send(sender, 'y');
      await settled(s.world.backend);
    });
    expect(raises(sentAndSettled)).toEqual(['update memberships']);
    const { watermarks } = await s.bob.api.conversations.watermarks({ conversationId: s.conversationId });
    expect(watermarks).toContainEqual({ userId: s.ada.id, deliveredSeq: 5, readSeq: 5 });
  });
});
