import { type LiveEvent, newClientId } from '@confab/contract';
import { createWorld } from '../src/index.ts';
import { describe, expect, it, onTestFinished } from 'vitest';

async function aWorld() {
  const world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  return world;
}

const isReady = ({ type }: LiveEvent) => type === 'live.ready';
const hasText = (text: string) => (event: LiveEvent) =>
  event.type === 'entries.appended' &&
  event.entries.some((entry) => entry.kind === 'message' && entry.text === text);

describe('live events', () => {
  it('reach the other one on another process', async () => {
    const world = await aWorld();
    const [ada, bob, other] = [await world.person('ada'), await world.person('bob'), await world.process()];
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    await using feed = bob.events(other);
    await feed.until(isReady);
    const { entry } = await ada.api.messages.send({
      conversationId: id,
      clientId: newClientId(),
      text: 'hello',
    });
    const event = await feed.until(hasText('hello'));
    expect(event).toMatchObject({ type: 'entries.appended', conversationId: id, entries: [entry] });
  });

  it('do not reach somebody outside', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    const own = await cleo.api.rooms.create({ clientId: newClientId(), name: 'own' });
    await using feed = cleo.events();
    await feed.until(isReady);
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'secret' });
    await cleo.api.messages.send({ conversationId: own.id, clientId: newClientId(), text: 'mine' });
    await feed.until(hasText('mine'));
    expect(feed.events.some(hasText('secret'))).toBe(false);
  });

  it('begin for a conversation that one is brought into while connected, and end when one is put out', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    await using feed = cleo.events(await world.process());
    await feed.until(isReady);
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id],
    });
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'before' });
    await ada.api.members.add({ conversationId: id, userId: cleo.id });
    await feed.until((event) => event.type === 'conversation.joined' && event.conversationId === id);
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'during' });
    await feed.until(hasText('during'));

    await ada.api.members.remove({ conversationId: id, userId: cleo.id });
    await feed.until((event) => event.type === 'conversation.left' && event.conversationId === id);
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'after' });
    const own = await cleo.api.rooms.create({ clientId: newClientId(), name: 'own' });
    await feed.until((event) => event.type === 'conversation.joined' && event.conversationId === own.id);
    expect(feed.events.some(hasText('before'))).toBe(false);
    expect(feed.events.some(hasText('after'))).toBe(false);
  });
});

describe('presence', () => {
  it('shows everybody online first, then who comes and goes', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const keeper = world.backend.keepPresence();
    onTestFinished(() => keeper.close());
    await keeper.connected({ userId: ada.id, connectionId: 'a1' });
    await using hints = bob.hints(await world.process());
    const first = await hints.until(() => true);
    expect(first).toEqual({ type: 'presence.snapshot', known: true, userIds: [ada.id] });
    await keeper.connected({ userId: bob.id, connectionId: 'b1' });
    await keeper.connected({ userId: bob.id, connectionId: 'b2' });
    await hints.until((hint) => hint.type === 'presence.changed' && hint.userId === bob.id && hint.online);
    await keeper.disconnected({ userId: bob.id, connectionId: 'b1' });
    expect((await bob.api.presence.snapshot()).userIds).toContain(bob.id);
    await keeper.disconnected({ userId: bob.id, connectionId: 'b2' });
    const gone = await hints.until(
      (hint) => hint.type === 'presence.changed' && hint.userId === bob.id && !hint.online,
    );
    expect(gone).toMatchObject({ lastSeenAt: expect.stringMatching(/^2/) as string });
    const [view] = await ada.api.users.byIds({ ids: [bob.id] });
    expect(view?.lastSeenAt).not.toBeNull();
  });
});
