import { type LiveEvent, newClientId } from '@confab/contract';
import { createWorld, type Person, type World } from '../src/index.ts';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

let world: World;
let ada: Person;
let bob: Person;
let cleo: Person;

beforeEach(async () => {
  world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  [ada, bob, cleo] = [await world.person('ada'), await world.person('bob'), await world.person('cleo')];
});

const isReady = ({ type }: LiveEvent) => type === 'live.ready';
const at = (rev: number) => (event: LiveEvent) =>
  event.type === 'entries.appended' && event.entries.some((entry) => entry.rev === rev);

/** A group of ada and bob with one message in it, which cleo, who came after it, may not see. */
async function groupWithPast() {
  const group = { clientId: newClientId(), name: 'G', userIds: [bob.id] };
  const { id: conversationId } = await ada.api.conversations.createGroup(group);
  const request = { conversationId, clientId: newClientId(), text: 'before her time' };
  const { entry } = await ada.api.messages.send(request);
  if (entry.kind !== 'message') throw new Error('a message is stored as one');
  await ada.api.members.add({ conversationId, userId: cleo.id });
  return { conversationId, message: entry };
}

describe('a change of a message from before one came', () => {
  it('passes as a void: its rev is there, and nothing of what it says', async () => {
    const { conversationId, message } = await groupWithPast();
    const process = await world.process();
    await using cleos = cleo.events(process);
    await using bobs = bob.events(process);
    await Promise.all([cleos.until(isReady), bobs.until(isReady)]);
    const change = { conversationId, messageId: message.id };
    const edit = { ...change, clientId: newClientId(), text: 'still before' };
    const { entry: edited } = await ada.api.messages.edit(edit);
    const reaction = { ...change, clientId: newClientId(), emoji: '👍', on: true };
    const { entry: reacted } = await bob.api.messages.react(reaction);
    const { entry: deleted } = await ada.api.messages.delete({ ...change, clientId: newClientId() });
    for (const entry of [edited, reacted, deleted]) {
      const seen = { type: 'entries.appended', entries: [{ kind: entry.kind, rev: entry.rev }] };
      expect(await bobs.until(at(entry.rev))).toMatchObject(seen);
      expect(await cleos.until(at(entry.rev))).toMatchObject({ entries: [{ kind: 'void', rev: entry.rev }] });
    }
    expect(JSON.stringify(cleos.events)).not.toMatch(/before|👍/);
  });

  it('is one event for all who may see it, and one for all who may not', async () => {
    const { conversationId, message } = await groupWithPast();
    const dan = await world.person('dan');
    await ada.api.members.add({ conversationId, userId: dan.id });
    const process = await world.process();
    const feeds = [ada, bob, cleo, dan].map((person) => person.events(process));
    await Promise.all(feeds.map((feed) => feed.until(isReady)));
    const edit = { conversationId, messageId: message.id, clientId: newClientId(), text: 'still before' };
    const { entry } = await ada.api.messages.edit(edit);
    const [adas, bobs, cleos, dans] = await Promise.all(feeds.map((feed) => feed.until(at(entry.rev))));
    expect(bobs).toBe(adas);
    expect(dans).toBe(cleos);
    expect(cleos).not.toBe(adas);
    await Promise.all(feeds.map((feed) => feed[Symbol.asyncDispose]()));
  });
});

describe('a watermark', () => {
  it("passes to the other members of a group, and in a room to one's own devices only", async () => {
    const { conversationId } = await groupWithPast();
    const room = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    await bob.api.rooms.join({ conversationId: room.id });
    await ada.api.messages.send({ conversationId: room.id, clientId: newClientId(), text: 'hello' });
    const process = await world.process();
    await using adas = ada.events(process);
    await using bobs = bob.events(process);
    await Promise.all([adas.until(isReady), bobs.until(isReady)]);
    const { epoch } = world.backend.core.db;
    await bob.api.conversations.mark({ epoch, conversationId: room.id, deliveredSeq: 0, readSeq: 3 });
    await bob.api.conversations.mark({ epoch, conversationId, deliveredSeq: 2, readSeq: 2 });
    const raisedIn = (id: string) => (event: LiveEvent) =>
      event.type === 'watermark.raised' && event.conversationId === id;
    await bobs.until(raisedIn(room.id));
    expect(await adas.until(raisedIn(conversationId))).toMatchObject({
      watermark: { userId: bob.id, readSeq: 2 },
    });
    expect(adas.events.some(raisedIn(room.id))).toBe(false);
  });
});
