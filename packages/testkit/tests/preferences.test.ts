import { newClientId } from '@confab/contract';
import type { LiveEvent } from '@confab/contract';
import { refusal } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { aGroup, aPair, aWorld, type Scene } from './scene.ts';

const isPreferences = (event: LiveEvent) => event.type === 'preferences.changed';

function set(
  { conversationId }: Scene,
  { api }: Scene['ada'],
  change: { pinned?: boolean; muted?: boolean; hidden?: boolean },
) {
  return api.conversations.setPreferences({ conversationId, ...change });
}

async function preferencesOf(s: Scene, person: Scene['ada']) {
  return (await s.conversation(person)).conversation.preferences;
}

describe('preferences', () => {
  it('are one’s own: what one member sets, another one’s row does not show', async () => {
    const s = await aGroup();
    expect(await preferencesOf(s, s.ada)).toEqual({
      pinned: false,
      muted: false,
      hiddenSeq: null,
      version: 0,
    });
    const stored = await set(s, s.ada, { pinned: true });
    expect(stored).toEqual({ pinned: true, muted: false, hiddenSeq: null, version: 1 });
    expect(await set(s, s.ada, { muted: true })).toMatchObject({ pinned: true, muted: true, version: 2 });
    expect(await preferencesOf(s, s.ada)).toMatchObject({ pinned: true, muted: true });
    expect(await preferencesOf(s, s.bob)).toMatchObject({ pinned: false, muted: false, version: 0 });
  });

  it('reach one’s own other devices on every process, and nobody else’s', async () => {
    const s = await aGroup();
    const other = await s.world.process();
    await using desk = s.ada.events();
    await using phone = s.ada.events(other);
    await using foreign = s.bob.events(other);
    await Promise.all([desk, phone, foreign].map((feed) => feed.until(({ type }) => type === 'live.ready')));
    const preferences = await set(s, s.ada, { muted: true });
    const told = { type: 'preferences.changed', conversationId: s.conversationId, preferences };
    expect(await desk.until(isPreferences)).toEqual(told);
    expect(await phone.until(isPreferences)).toEqual(told);
    // What comes later on the other one's feed came without it.
    await s.send(s.ada, 'after');
    await foreign.until(({ type }) => type === 'entries.appended');
    expect(foreign.events.filter(isPreferences)).toEqual([]);
  });

  it('that change nothing are not stored and not told', async () => {
    const s = await aGroup();
    await using desk = s.ada.events();
    await desk.until(({ type }) => type === 'live.ready');
    await set(s, s.ada, { pinned: false });
    await set(s, s.ada, {});
    expect(await set(s, s.ada, { muted: true })).toMatchObject({ version: 1 });
    expect(await desk.until(isPreferences)).toMatchObject({ preferences: { version: 1 } });
  });

  it('outlive leaving and coming back, and are not to be set in between', async () => {
    const s = await aGroup();
    await set(s, s.bob, { muted: true });
    const { conversationId } = s;
    await s.bob.api.conversations.leave({ conversationId });
    expect((await refusal(set(s, s.bob, { muted: false }))).code).toBe('NOT_FOUND');
    await s.ada.api.members.add({ conversationId, userId: s.bob.id });
    expect(await preferencesOf(s, s.bob)).toMatchObject({ muted: true, version: 1 });
  });
});

describe('a hidden conversation', () => {
  it('is hidden up to the end of the log, though a head runs ahead of it, so that the next message shows it', async () => {
    const s = await aPair();
    const { rev } = await s.send(s.bob, 'one');
    const { conversations } = s.world.backend.core.db;
    await conversations.raiseHints(s.conversationId, { headRev: 9, lastMessageSeq: 9 });
    expect(await set(s, s.ada, { hidden: true })).toMatchObject({ hiddenSeq: rev });
    const next = await s.send(s.bob, 'two');
    expect(next.rev).toBeGreaterThan(rev);
    expect(await set(s, s.ada, { hidden: true })).toMatchObject({ hiddenSeq: next.rev });
    expect(await set(s, s.ada, { hidden: false })).toMatchObject({ hiddenSeq: null });
  });

  it('can be one in which nothing was ever said', async () => {
    const s = await aPair();
    expect(await set(s, s.ada, { hidden: true })).toMatchObject({ hiddenSeq: 0 });
  });
});

describe('the list', () => {
  it('begins with what is pinned, each part by latest activity, on every page', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) {
      ids.push((await ada.api.rooms.create({ clientId: newClientId(), name: `R${String(i)}` })).id);
    }
    const [oldest = '', , third = ''] = ids;
    for (const conversationId of [oldest, third]) {
      await ada.api.conversations.setPreferences({ conversationId, pinned: true });
    }
    const expected = [third, oldest, ...ids.filter((id) => id !== third && id !== oldest).reverse()];
    for (const limit of [1, 2, 3, 6]) {
      const listed: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await ada.api.conversations.list({ limit, ...(cursor && { cursor }) });
        listed.push(...page.conversations.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(listed).toEqual(expected);
    }
  });
});
