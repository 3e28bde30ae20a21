import { type LiveEvent, newClientId } from '@confab/contract';
import { refusal } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { commandsOf } from './commands.ts';
import { aGroup, aPair, aWorld, requireMessage, scene } from './scene.ts';

const isBlock = (event: LiveEvent) => event.type === 'block.changed';

describe('a block', () => {
  it('refuses what either of the two writes, by whichever process, and tells each what is theirs to know', async () => {
    const s = await aPair();
    const message = await s.send(s.bob, 'before');
    const own = await s.send(s.ada, 'mine');
    const other = await s.world.process();
    // The other process has served them before: what it knows of the two is not what it knows of the block.
    const bob = await s.bob.via(other);
    const ada = await s.ada.via(other);
    const { conversationId } = s;
    await bob.messages.send({ conversationId, clientId: newClientId(), text: 'still' });
    await s.ada.api.users.block({ userId: s.bob.id });
    const ids = () => ({ conversationId, clientId: newClientId() });
    const calls = [
      () => bob.messages.send({ ...ids(), text: 'x' }),
      () => bob.messages.edit({ ...ids(), messageId: message.id, text: 'x' }),
      () => bob.messages.react({ ...ids(), messageId: own.id, emoji: '👍', on: true }),
    ];
    for (const call of calls) {
      expect(await refusal(call())).toMatchObject({
        code: 'BLOCKED',
        message: 'You cannot write to this person.',
      });
    }
    expect(await refusal(ada.messages.send({ ...ids(), text: 'x' }))).toMatchObject({
      code: 'BLOCKED',
      message: 'You blocked this person.',
    });
    // Reading stays, and so does taking back what one wrote.
    expect(await s.page(s.bob)).toHaveLength(3);
    await s.remove(s.bob, message);
  });

  it('stands in the row of the direct conversation of whoever made it, and of nobody else', async () => {
    const s = await aPair();
    await s.send(s.bob, 'before');
    await s.ada.api.users.block({ userId: s.bob.id });
    expect((await s.conversation(s.ada)).conversation).toMatchObject({ peerBlocked: true, unread: 0 });
    expect((await s.conversation(s.bob)).conversation).not.toHaveProperty('peerBlocked');
    await s.ada.api.users.unblock({ userId: s.bob.id });
    expect((await s.conversation(s.ada)).conversation).not.toHaveProperty('peerBlocked');
    expect((await s.conversation(s.ada)).conversation.unread).toBe(1);
  });

  it('is lifted by whoever made it; the other one’s own stays', async () => {
    const s = await aPair();
    await s.ada.api.users.block({ userId: s.bob.id });
    await s.bob.api.users.block({ userId: s.ada.id });
    await s.ada.api.users.unblock({ userId: s.bob.id });
    expect((await refusal(s.send(s.ada, 'x'))).message).toBe('You cannot write to this person.');
    await s.bob.api.users.unblock({ userId: s.ada.id });
    await s.send(s.ada, 'x');
    await s.send(s.bob, 'y');
  });

  it('refuses no retry of what was stored before it', async () => {
    const s = await aPair();
    const input = { conversationId: s.conversationId, clientId: newClientId(), text: 'once' };
    const first = await s.bob.api.messages.send(input);
    const { id, rev } = requireMessage(first.entry);
    const liked = { ...input, messageId: id, clientId: newClientId(), emoji: '👍', on: true };
    const { text: _, ...reaction } = liked;
    await s.bob.api.messages.react(reaction);
    await s.ada.api.users.block({ userId: s.bob.id });
    expect((await s.bob.api.messages.send(input)).entry).toMatchObject({ id, rev });
    await s.bob.api.messages.react(reaction);
    expect((await refusal(s.bob.api.messages.send({ ...input, text: 'other' }))).code).toBe(
      'CLIENT_ID_REUSED',
    );
  });

  it('does not reach into groups and rooms', async () => {
    const s = await aGroup();
    await s.ada.api.users.block({ userId: s.bob.id });
    const message = await s.send(s.bob, 'x');
    await s.edit(s.bob, message, 'y');
    await s.react(s.ada, message, '👍');
    expect(await s.find(s.ada, message)).toMatchObject({ text: 'y' });
  });

  it('keeps the blocked from a new conversation with, or bringing into one, whoever blocked them', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = await Promise.all([
      world.person('ada'),
      world.person('bob'),
      world.person('cleo'),
    ]);
    const made = { clientId: newClientId(), name: 'Before', userIds: [ada.id] };
    const before = await bob.api.conversations.createGroup(made);
    const { id } = await bob.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [cleo.id],
    });
    await ada.api.users.block({ userId: bob.id });
    const group = { clientId: newClientId(), name: 'H', userIds: [cleo.id, ada.id] };
    const byNames = { clientId: newClientId(), name: 'H', users: ['cleo', 'ada'] };
    const calls = {
      userId: () => bob.api.conversations.openDirect({ userId: ada.id }),
      userIds: () => bob.api.conversations.createGroup(group),
      users: () => bob.api.conversations.createGroupByNames(byNames),
      add: () => bob.api.members.add({ conversationId: id, userId: ada.id }),
    };
    expect(await refusal(calls.userId())).toMatchObject({ code: 'BLOCKED', field: 'userId' });
    expect(await refusal(calls.userIds())).toMatchObject({ code: 'BLOCKED', field: 'userIds' });
    expect(await refusal(calls.users())).toMatchObject({ code: 'BLOCKED' });
    expect(await refusal(calls.add())).toMatchObject({ code: 'BLOCKED', field: 'userId' });
    // Made before the block: a retry finds it.
    expect((await bob.api.conversations.createGroup(made)).id).toBe(before.id);
    // Whoever blocked may; and everybody again once it is lifted.
    await ada.api.members.add({ conversationId: before.id, userId: cleo.id });
    await ada.api.users.unblock({ userId: bob.id });
    await calls.userId();
    await calls.userIds();
    await calls.users();
    await calls.add();
  });

  it('leaves a conversation that is there open to both', async () => {
    const s = await aPair();
    await s.send(s.bob, 'x');
    await s.ada.api.users.block({ userId: s.bob.id });
    expect((await s.bob.api.conversations.openDirect({ userId: s.ada.id })).id).toBe(s.conversationId);
  });

  it('is told to the own devices of whoever made it, on every process, and to nobody else', async () => {
    const s = await aPair();
    const other = await s.world.process();
    await using phone = s.ada.events(other);
    await using foreign = s.bob.events(other);
    await Promise.all([phone, foreign].map((feed) => feed.until(({ type }) => type === 'live.ready')));
    await s.ada.api.users.block({ userId: s.bob.id });
    await s.ada.api.users.block({ userId: s.bob.id });
    await s.ada.api.users.unblock({ userId: s.bob.id });
    await s.ada.api.users.unblock({ userId: s.bob.id });
    await phone.until((event) => event.type === 'block.changed' && !event.blocked);
    expect(phone.events.filter(isBlock)).toEqual([
      { type: 'block.changed', userId: s.bob.id, blocked: true },
      { type: 'block.changed', userId: s.bob.id, blocked: false },
    ]);
    await s.send(s.ada, 'after');
    await foreign.until(({ type }) => type === 'entries.appended');
    expect(foreign.events.filter(isBlock)).toEqual([]);
  });

  it('of oneself or of nobody is refused', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    expect((await refusal(ada.api.users.block({ userId: ada.id }))).code).toBe('YOURSELF');
    expect((await refusal(ada.api.users.block({ userId: 'f'.repeat(24) }))).code).toBe('NOT_FOUND');
  });

  it('tells an outsider of the conversation nothing', async () => {
    const s = await aPair();
    const cleo = await s.world.person('cleo');
    await s.ada.api.users.block({ userId: cleo.id });
    await s.ada.api.users.block({ userId: s.bob.id });
    expect((await refusal(s.send(cleo, 'x'))).code).toBe('NOT_FOUND');
  });

  it('is asked about without upsetting the order of what one device sends at once', async () => {
    const s = await aPair();
    const texts = Array.from({ length: 30 }, (_, i) => String(i));
    await Promise.all(texts.map((text) => s.send(s.ada, text)));
    const entries = await s.page(s.bob);
    expect(entries.map((entry) => (entry.kind === 'message' ? entry.text : entry.kind))).toEqual(texts);
  });

  it('costs one indexed query per send in a direct conversation, and none elsewhere', async () => {
    const s = await aPair({ monitorCommands: true });
    const group = await s.ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [s.bob.id],
    });
    const g = scene(s.world, { ada: s.ada, bob: s.bob, conversationId: group.id });
    for (const each of [s, g]) await each.send(s.ada, 'first');
    const { during } = commandsOf(s.world);
    expect(await during(() => s.send(s.ada, 'x'))).toEqual([
      'find blocks',
      'insert timeline',
      'update conversations',
    ]);
    expect(await during(() => g.send(s.ada, 'x'))).toEqual(['insert timeline', 'update conversations']);
  });
});

describe('the list of the blocked', () => {
  it('is one’s own, latest first, page by page', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    const others = [];
    for (const name of ['bob', 'cleo', 'dan']) others.push(await world.person(name));
    for (const { id } of others) await ada.api.users.block({ userId: id });
    const listed: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await ada.api.users.blocked({ limit: 2, ...(cursor && { cursor }) });
      listed.push(...page.users.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(listed).toEqual(['dan', 'cleo', 'bob']);
    expect((await others[0]?.api.users.blocked({}))?.users).toEqual([]);
  });
});
