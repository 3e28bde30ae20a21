import { limits, newClientId, reactionKey } from '@confab/contract';
import { refusal, settled } from '../src/index.ts';
import { describe, expect, it, vi } from 'vitest';
import { type Mutant, reactionsUnseen } from './mutants.ts';
import { aGroup, aPair, aWorld, onProcess, requireMessage, scene } from './scene.ts';

const hourMs = 3_600_000;

describe('editing', () => {
  it('shows the last text everywhere, and keeps the ones before', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'helo');
    const edit = await s.edit(s.ada, message, 'hello');
    expect(edit).toMatchObject({
      kind: 'edit',
      messageId: message.id,
      seq: 1,
      text: 'hello',
      senderId: s.ada.id,
    });
    await s.edit(s.ada, message, 'hello!');
    const entries = await s.page(s.bob);
    expect(entries).toMatchObject([
      { kind: 'message', text: 'hello!', textRev: 3 },
      { kind: 'edit', text: 'hello' },
      { kind: 'edit', text: 'hello!' },
    ]);
    const pull = { conversationId: s.conversationId, after: 1 };
    expect((await s.bob.api.messages.pull(pull)).entries).toEqual(entries.slice(1));
    expect((await s.conversation(s.bob)).conversation.lastMessage).toEqual(entries[0]);
    const { versions } = await s.bob.api.messages.versions({
      conversationId: s.conversationId,
      messageId: message.id,
    });
    expect(versions).toMatchObject([
      { rev: 1, text: 'helo' },
      { rev: 2, text: 'hello' },
      { rev: 3, text: 'hello!' },
    ]);
  });

  it('is for the sender alone, whatever the role', async () => {
    const s = await aGroup();
    const message = await s.send(s.bob, 'mine');
    expect((await refusal(s.edit(s.ada, message, 'yours'))).code).toBe('FORBIDDEN');
    expect(await s.page(s.bob)).toHaveLength(2);
  });
});

describe('reacting', () => {
  it('keeps one state per person and emoji, a tombstone when it is taken back', async () => {
    const { ada, bob, ...s } = await aPair();
    const message = await s.send(ada, 'news');
    await s.react(bob, message, '👍');
    await s.react(bob, message, '❤️');
    await s.react(ada, message, '👍');
    await s.react(bob, message, '👍', false);
    expect((await s.find(ada, message)).reactions).toEqual({
      [reactionKey(bob.id, '👍')]: { rev: 5, on: false },
      [reactionKey(bob.id, '❤️')]: { rev: 3, on: true },
      [reactionKey(ada.id, '👍')]: { rev: 4, on: true },
    });
  });

  it('is refused where a message has as many as it can hold, and those there can still be taken back', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'popular');
    await s.react(s.bob, message, '👍');
    await settled(s.world.backend);
    const others = Array.from({ length: limits.reactionsPerMessageMax - 1 }, (_, i) => [
      `reactions.${String(i).padStart(24, '0')}:x`,
      { rev: 1, on: true },
    ]);
    const timeline = s.world.backend.core.db.connection.collection('timeline');
    await timeline.updateOne({ rev: 1 }, { $set: Object.fromEntries(others) as Record<string, unknown> });
    expect((await refusal(s.react(s.bob, message, '❤️'))).code).toBe('REACTIONS_FULL');
    await s.react(s.bob, message, '👍', false);
    const { reactions } = await s.find(s.ada, message);
    expect(reactions?.[reactionKey(s.bob.id, '👍')]).toEqual({ rev: 3, on: false });
  });
});

describe('what one person can put on a message', () => {
  it('is bounded, whatever of it was taken back, and leaves room for the others', async () => {
    const s = await aGroup();
    const message = await s.send(s.ada, 'news');
    const emoji = (i: number) => String.fromCodePoint(0x1f600 + i);
    for (let i = 0; i < limits.reactionsPerPersonMax; i++) await s.react(s.bob, message, emoji(i));
    await s.react(s.bob, message, emoji(0), false);
    await settled(s.world.backend);
    expect((await refusal(s.react(s.bob, message, '👍'))).code).toBe('REACTIONS_FULL');
    await s.react(s.bob, message, emoji(0));
    await s.react(s.ada, message, '👍');
  });

  /** 25 different emoji of one person at once, half of them on another process; how many of them were taken. */
  async function takenOfMany(...mutants: readonly Mutant[]): Promise<number> {
    const s = await aGroup();
    const there = await onProcess(s, await s.world.process());
    for (const mutant of mutants) for (const at of [s, there]) mutant(at.world.backend.core.db);
    const message = await s.send(s.ada, 'news');
    const reactions = Array.from({ length: 25 }, (_, i) => {
      const at = i % 2 ? s : there;
      return at.react(at.bob, message, String.fromCodePoint(0x1f600 + i));
    });
    const outcomes = await Promise.allSettled(reactions);
    const taken = outcomes.filter(({ status }) => status === 'fulfilled').length;
    await Promise.all([settled(s.world.backend), settled(there.world.backend)]);
    const { reactions: shown = {} } = await s.find(s.ada, message);
    expect(Object.keys(shown)).toHaveLength(taken);
    const refused = reactions.filter((_, i) => outcomes[i]?.status === 'rejected');
    for (const each of refused) expect((await refusal(each)).code).toBe('REACTIONS_FULL');
    return taken;
  }

  it('is bounded exactly, however many come at once over two processes', async () => {
    for (let round = 0; round < 3; round++) expect(await takenOfMany()).toBe(limits.reactionsPerPersonMax);
  });

  it('would not be if what is in the log already did not count', async () => {
    expect(await takenOfMany(reactionsUnseen)).toBeGreaterThan(limits.reactionsPerPersonMax);
  });

  it('is nothing by taking back what never was there, and what is there can be taken back at once', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'news');
    const later = vi.spyOn(s.world.backend.core.changes, 'applyLater').mockImplementation(() => undefined);
    await s.react(s.bob, message, '👍');
    await s.react(s.bob, message, '👍', false);
    later.mockRestore();
    const refused = await refusal(s.react(s.bob, message, '❤️', false));
    expect(refused).toMatchObject({ code: 'NOT_FOUND', field: 'emoji' });
    await s.world.backend.core.changes.sweep(new Date(8.64e15));
    expect((await s.find(s.ada, message)).reactions).toEqual({
      [reactionKey(s.bob.id, '👍')]: { rev: 3, on: false },
    });
    expect(await s.page(s.ada)).toHaveLength(3);
  });
});

describe('deleting', () => {
  it('leaves nothing of the texts, in the database either, and lets nothing be done with the rest', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'the secret');
    await s.edit(s.ada, message, 'the better secret');
    await s.react(s.bob, message, '😮');
    const deletion = await s.remove(s.ada, message);
    expect(deletion).toMatchObject({ kind: 'deletion', rev: 4, seq: 1 });
    const stored = await s.world.backend.core.db.connection.collection('timeline').find().toArray();
    expect(JSON.stringify(stored)).not.toContain('secret');

    const shown = await s.find(s.bob, message);
    expect(shown).toMatchObject({ text: '', deletedRev: 4 });
    expect(shown).not.toHaveProperty('textRev');
    expect(shown).not.toHaveProperty('reactions');
    const about = { conversationId: s.conversationId, messageId: message.id };
    expect((await s.bob.api.messages.versions(about)).versions).toEqual([]);
    expect((await refusal(s.edit(s.ada, message, 'again'))).code).toBe('MESSAGE_DELETED');
    expect((await refusal(s.react(s.bob, message, '👍'))).code).toBe('MESSAGE_DELETED');
    expect(await s.page(s.bob)).toHaveLength(4);
    // Once more is fine, and stores nothing more.
    expect(await s.remove(s.ada, message)).toEqual(deletion);
    expect(await s.page(s.bob)).toHaveLength(4);
  });

  it('is for the sender, within the configured time', async () => {
    let now = Date.parse('2100-01-01T00:00:00Z');
    const s = await aPair({ now: () => new Date(now), deleteWindowHours: 2 });
    const [early, late] = [await s.send(s.ada, 'early'), await s.send(s.ada, 'late')];
    expect((await refusal(s.remove(s.bob, early))).code).toBe('FORBIDDEN');
    now += 2 * hourMs;
    await s.remove(s.ada, early);
    now += 1;
    expect((await refusal(s.remove(s.ada, late))).code).toBe('TOO_LATE');
    // What is deleted already is no later for it.
    await s.remove(s.ada, early);
  });

  it('is for ever possible where the configured time is 0', async () => {
    let now = Date.parse('2100-01-01T00:00:00Z');
    const s = await aPair({ now: () => new Date(now), deleteWindowHours: 0 });
    const message = await s.send(s.ada, 'old');
    now += 20 * 24 * hourMs;
    await s.remove(s.ada, message);
  });

  it('of what others wrote is for owners and moderators, at any time', async () => {
    let now = Date.parse('2100-01-01T00:00:00Z');
    const s = await aGroup({ now: () => new Date(now), deleteWindowHours: 1 });
    const [hers, his] = [await s.send(s.ada, 'hers'), await s.send(s.bob, 'his')];
    now += 5 * hourMs;
    expect((await refusal(s.remove(s.bob, hers))).code).toBe('FORBIDDEN');
    await s.remove(s.ada, his);
    await s.remove(s.ada, hers);
    expect(await s.find(s.bob, his)).toMatchObject({ text: '' });
  });
});

describe('a change', () => {
  it('is stored once per client id, and refused under it with another body', async () => {
    const s = await aPair();
    const elsewhere = await s.ada.via(await s.world.process());
    const { id: messageId } = await s.send(s.ada, 'x');
    const edit = { conversationId: s.conversationId, messageId, clientId: newClientId(), text: 'y' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => (i % 2 ? s.ada.api : elsewhere).messages.edit(edit)),
    );
    expect(new Set(answers.map(({ entry }) => JSON.stringify(entry))).size).toBe(1);
    expect((await refusal(s.ada.api.messages.edit({ ...edit, text: 'z' }))).code).toBe('CLIENT_ID_REUSED');
    const { text, clientId, conversationId } = edit;
    expect((await refusal(s.ada.api.messages.send({ text, clientId, conversationId }))).code).toBe(
      'CLIENT_ID_REUSED',
    );
    expect(await s.page(s.ada)).toHaveLength(2);
  });

  it('that was stored is answered so, though it would be refused by now', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'x');
    const edit = {
      conversationId: s.conversationId,
      messageId: message.id,
      clientId: newClientId(),
      text: 'y',
    };
    const first = await s.ada.api.messages.edit(edit);
    await s.remove(s.ada, message);
    const again = await s.ada.api.messages.edit(edit);
    expect(again.entry).toEqual({ ...first.entry, text: '' });
    expect((await refusal(s.ada.api.messages.edit({ ...edit, text: 'z' }))).code).toBe('CLIENT_ID_REUSED');
  });

  it('of a message that is missing, elsewhere, no message or unseen is refused alike', async () => {
    const s = await aGroup();
    const { api } = s.ada;
    const cleo = await s.world.person('cleo');
    const { id: own } = await cleo.api.rooms.create({ clientId: newClientId(), name: 'own' });
    const foreign = requireMessage(
      (await cleo.api.messages.send({ conversationId: own, clientId: newClientId(), text: 'hers' })).entry,
    );
    const unseen = await s.send(s.ada, 'before');
    await api.members.add({ conversationId: s.conversationId, userId: cleo.id });
    const [created] = await s.page(s.ada);
    const attempts = (person: typeof cleo, messageId: string) => {
      const change = { conversationId: s.conversationId, messageId, clientId: newClientId() };
      return [
        () => person.api.messages.edit({ ...change, text: 'x' }),
        () => person.api.messages.delete(change),
        () => person.api.messages.react({ ...change, emoji: '👍', on: true }),
        () => person.api.messages.versions({ conversationId: s.conversationId, messageId }),
      ];
    };
    const missing = await refusal(s.remove(cleo, { ...unseen, id: 'f'.repeat(24) }));
    expect(missing.code).toBe('NOT_FOUND');
    const createdId = created && created.kind !== 'void' ? created.id : '';
    for (const [person, id] of [
      [cleo, foreign.id],
      [cleo, unseen.id],
      [s.ada, createdId],
    ] as const) {
      for (const attempt of attempts(person, id)) expect(await refusal(attempt())).toEqual(missing);
    }
  });

  it('by somebody who was removed by another process a moment ago is refused', async () => {
    const s = await aGroup();
    const message = await s.send(s.bob, 'x');
    const elsewhere = await s.ada.via(await s.world.process());
    await elsewhere.members.remove({ conversationId: s.conversationId, userId: s.bob.id });
    expect((await refusal(s.edit(s.bob, message, 'y'))).code).toBe('NOT_FOUND');
    expect((await refusal(s.remove(s.bob, message))).code).toBe('NOT_FOUND');
  });

  it('of an older message reaches a new member as a void, in pages, pulls and live', async () => {
    const s = await aGroup();
    const cleo = await s.world.person('cleo');
    const before = await s.send(s.ada, 'before');
    await s.ada.api.members.add({ conversationId: s.conversationId, userId: cleo.id });
    await using feed = cleo.events();
    await feed.until(({ type }) => type === 'live.ready');
    await s.edit(s.ada, before, 'hidden');
    const after = await s.send(s.ada, 'after');
    await s.edit(s.ada, after, 'shown');
    const seen = [
      { kind: 'member', rev: 3 },
      { kind: 'void', rev: 4 },
      { kind: 'message', rev: 5, text: 'shown' },
      { kind: 'edit', rev: 6, text: 'shown' },
    ];
    expect(await s.page(cleo)).toMatchObject(seen);
    const pull = { conversationId: s.conversationId, after: 0 };
    expect((await cleo.api.messages.pull(pull)).entries).toMatchObject(seen);
    await feed.until(
      (event) => event.type === 'entries.appended' && event.entries.some(({ rev }) => rev === 6),
    );
    expect(
      feed.events.flatMap((event) => (event.type === 'entries.appended' ? event.entries : [])),
    ).toMatchObject([
      { kind: 'void', rev: 4 },
      { kind: 'message', rev: 5, text: 'after' },
      { kind: 'edit', rev: 6 },
    ]);
  });

  it('does not bring its conversation to the top of the list', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    const ids = [];
    for (const { id: userId } of [bob, cleo])
      ids.push((await ada.api.conversations.openDirect({ userId })).id);
    const s = scene(world, { ada, bob, conversationId: ids[0] ?? '' });
    const message = await s.send(ada, 'first');
    await scene(world, { ada, bob, conversationId: ids[1] ?? '' }).send(ada, 'second');
    await s.react(bob, message, '👍');
    const { conversations } = await ada.api.conversations.list({});
    expect(conversations.map(({ id, headRev }) => [id, headRev])).toEqual([
      [ids[1], 1],
      [ids[0], 2],
    ]);
  });

  it('is limited per user, apart from messages', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'x');
    // All at once, so that no time passes in which points come back.
    const reactions = Array.from({ length: 70 }, () => s.react(s.ada, message, '👍'));
    const edit = refusal(s.edit(s.ada, message, 'y'));
    const answers = await Promise.allSettled(reactions);
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(5);
    expect((await edit).retryAfterMs).toBeGreaterThan(0);
    await s.send(s.ada, 'still');
  });
});
