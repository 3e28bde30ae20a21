import { newClientId, type UpdateConversationInput } from '@confab/contract';
import { type Person, refusal, settled } from '../src/index.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { atEveryWrite } from './dying-process.ts';
import { settingsOutOfOrder, conversationsUnguarded } from './mutants.ts';
import { aGroup, aPair, aRoom, aWorld, onProcess, type Scene, scene } from './scene.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const future = new Date(8.64e15);

type Settings = Omit<Partial<UpdateConversationInput>, 'conversationId'>;

function update(s: Scene, person: Person, settings: Settings) {
  return person.api.conversations.update({
    conversationId: s.conversationId,
    clientId: newClientId(),
    ...settings,
  });
}

async function settingsOf(s: Scene, person: Person) {
  const { name, topic, slowModeSeconds, newMembersSeeHistory, settingsRev } = (await s.conversation(person))
    .conversation;
  return { name, topic, slowModeSeconds, newMembersSeeHistory, settingsRev };
}

/** Its settings in the log, as `[rev, setting, value]`. */
async function logged(s: Scene): Promise<unknown[][]> {
  const entries = await s.page(s.ada);
  return entries.flatMap((entry) =>
    entry.kind === 'setting' ? [[entry.rev, entry.setting, entry.value]] : [],
  );
}

async function pendingCount(s: Scene): Promise<number> {
  return s.world.backend.core.db.connection.collection('timeline').countDocuments({ pending: true });
}

describe('a change of settings', () => {
  it('is an entry each, and what everybody sees from then on, on every process', async () => {
    const s = await aRoom();
    const changed = await update(s, s.ada, { name: 'Harbour', topic: 'Tides', slowModeSeconds: 30 });
    expect(changed).toMatchObject({ name: 'Harbour', topic: 'Tides', slowModeSeconds: 30, settingsRev: 5 });
    expect(await logged(s)).toEqual([
      [3, 'name', 'Harbour'],
      [4, 'topic', 'Tides'],
      [5, 'slowModeSeconds', 30],
    ]);
    const there = await onProcess(s, await s.world.process());
    expect(await settingsOf(there, there.bob)).toEqual(await settingsOf(s, s.ada));
    expect((await there.bob.api.conversations.list({})).conversations).toMatchObject([{ name: 'Harbour' }]);
  });

  it('is for owners and moderators, of groups and rooms, of what each kind has', async () => {
    const s = await aGroup();
    expect((await refusal(update(s, s.bob, { name: 'Mine' }))).code).toBe('FORBIDDEN');
    expect((await refusal(update(s, s.ada, { slowModeSeconds: 5 }))).code).toBe('WRONG_KIND');
    await s.ada.api.members.setRole({
      conversationId: s.conversationId,
      userId: s.bob.id,
      role: 'moderator',
    });
    expect(await update(s, s.bob, { newMembersSeeHistory: true })).toMatchObject({
      newMembersSeeHistory: true,
    });
    const pair = await aPair();
    expect((await refusal(update(pair, pair.ada, { name: 'Us' }))).code).toBe('FORBIDDEN');
    const room = await aRoom();
    expect((await refusal(update(room, room.ada, { newMembersSeeHistory: true }))).code).toBe('WRONG_KIND');
  });

  it('reaches the others live, as the entry that it is', async () => {
    const s = await aRoom();
    await using feed = s.bob.events(await s.world.process());
    await feed.until(({ type }) => type === 'live.ready');
    await update(s, s.ada, { topic: 'Tides' });
    const event = await feed.until(({ type }) => type === 'entries.appended');
    expect(event).toMatchObject({ entries: [{ kind: 'setting', rev: 3, setting: 'topic', value: 'Tides' }] });
  });

  it('finds the room by its new name, and no more by the old one', async () => {
    const s = await aRoom();
    await update(s, s.ada, { name: 'Élan' });
    const found = async (prefix: string) =>
      (await s.bob.api.rooms.list({ prefix })).rooms.map(({ name }) => name);
    expect(await found('elan')).toEqual(['Élan']);
    expect(await found('r')).toEqual([]);
  });
});

describe('a repeated request', () => {
  it('changes once, however often, at once, and on whichever process it is sent', async () => {
    const s = await aRoom();
    const there = await onProcess(s, await s.world.process());
    const settings = { clientId: newClientId(), name: 'Harbour', topic: 'Tides' };
    await Promise.all([s, s, there, there].map((at) => update(at, at.ada, settings)));
    await update(s, s.ada, { name: 'Other' });
    await update(s, s.ada, settings);
    expect(await logged(s)).toHaveLength(3);
    expect(await settingsOf(s, s.bob)).toMatchObject({ name: 'Other', topic: 'Tides' });
  });

  it('is answered even when its sender may not change settings any more', async () => {
    const s = await aGroup();
    const member = { conversationId: s.conversationId, userId: s.bob.id };
    await s.ada.api.members.setRole({ ...member, role: 'moderator' });
    const settings = { clientId: newClientId(), name: 'Harbour' };
    await update(s, s.bob, settings);
    await s.ada.api.members.setRole({ ...member, role: 'member' });
    expect(await update(s, s.bob, settings)).toMatchObject({ name: 'Harbour' });
    expect((await refusal(update(s, s.bob, { name: 'Mine' }))).code).toBe('FORBIDDEN');
  });

  it('with other settings is refused before any of them is stored', async () => {
    const s = await aRoom();
    const clientId = newClientId();
    await update(s, s.ada, { clientId, topic: 'Tides' });
    const other = { clientId, name: 'Harbour', topic: 'Tides' };
    expect((await refusal(update(s, s.ada, other))).code).toBe('CLIENT_ID_REUSED');
    expect(await logged(s)).toHaveLength(1);
  });
});

describe('a process that dies while settings are changed', () => {
  it('leaves, at whichever write, what a retry on another one completes to the same', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const other = await world.process();
    const count = await atEveryWrite(async (die) => {
      const { id } = await ada.api.conversations.createGroup({
        clientId: newClientId(),
        name: 'G',
        userIds: [bob.id],
      });
      const s = scene(world, { ada, bob, conversationId: id });
      const there = await onProcess(s, other);
      const settings = { clientId: newClientId(), name: 'Harbour', topic: 'Tides' };
      const dying = die(world.backend);
      await update(s, ada, settings).catch(() => undefined);
      await settled(world.backend);
      dying.revive();
      // What is stored is shown at once, though nobody has applied it yet.
      const stored = await logged(there);
      const shown = await settingsOf(there, there.bob);
      expect(shown.name).toBe(stored.length > 0 ? 'Harbour' : 'G');
      expect(shown.settingsRev).toBe(stored.at(-1)?.[0] ?? 0);
      await update(there, there.ada, settings);
      await settled(other);
      await other.core.changes.sweep(future);
      expect(await pendingCount(s)).toBe(0);
      expect(await logged(there)).toEqual([
        [2, 'name', 'Harbour'],
        [3, 'topic', 'Tides'],
      ]);
      expect(await settingsOf(there, there.bob)).toMatchObject({
        name: 'Harbour',
        topic: 'Tides',
        settingsRev: 3,
      });
      // A hint, which may run ahead of the log, never behind.
      expect((await there.conversation(there.bob)).conversation.headRev).toBeGreaterThanOrEqual(3);
    });
    // Each of the two: insert and hints, apply, clear.
    expect(count).toBe(8);
  });

  it('leaves what the janitor applies, without any retry', async () => {
    const s = await aRoom();
    vi.spyOn(s.world.backend.core.db.conversations, 'applyChange').mockRejectedValue(new Error('died'));
    expect((await refusal(update(s, s.ada, { name: 'Harbour' }))).code).toBe('UNAVAILABLE');
    const other = await s.world.process();
    const conversations = s.world.backend.core.db.connection.collection('conversations');
    expect(await conversations.findOne({ kind: 'room' })).toMatchObject({ name: 'R' });
    expect(await settingsOf(s, s.bob)).toMatchObject({ name: 'Harbour', settingsRev: 3 });
    await other.core.changes.sweep(future);
    expect(await conversations.findOne({ kind: 'room' })).toMatchObject({
      name: 'Harbour',
      searchKey: 'harbour',
      appliedRev: 3,
    });
  });
});

describe('concurrent changes', () => {
  it('of one setting end as the highest rev says, for everybody', async () => {
    const s = await aRoom();
    const there = await onProcess(s, await s.world.process());
    const names = Array.from({ length: 12 }, (_, i) => `name ${String(i)}`);
    await Promise.all(names.map((name, i) => update(i % 2 ? s : there, (i % 2 ? s : there).ada, { name })));
    await settled(s.world.backend);
    const [rev, , last] = (await logged(s)).at(-1) ?? [];
    expect(await settingsOf(s, s.bob)).toMatchObject({ name: last, settingsRev: rev });
    expect(await settingsOf(there, there.bob)).toMatchObject({ name: last, settingsRev: rev });
  });

  /** Two names stored, then applied in the wrong order. */
  const lateFirst = async (s: Scene) => {
    const { core } = s.world.backend;
    const apply = vi.spyOn(core.changes, 'apply').mockResolvedValue();
    await update(s, s.ada, { name: 'one' });
    await update(s, s.ada, { name: 'two' });
    apply.mockRestore();
    const pending = await core.db.timeline.listPending({ conversationIds: [s.conversationId] });
    for (const setting of pending.toReversed()) await core.changes.apply(setting);
    await settled(s.world.backend);
    return (await settingsOf(s, s.bob)).name;
  };

  it('that are applied in the wrong order leave what the later one says', async () => {
    expect(await lateFirst(await aRoom())).toBe('two');
  });

  it('would leave what the earlier one says without the guard of its rev', async () => {
    const s = await aRoom();
    conversationsUnguarded(s.world.backend.core.db);
    expect(await lateFirst(s)).toBe('one');
  });

  /** A name that nobody has applied, and a topic above it that was. */
  const gapBelow = async (s: Scene) => {
    const { core } = s.world.backend;
    const apply = vi.spyOn(core.changes, 'apply').mockResolvedValueOnce();
    await update(s, s.ada, { name: 'one' });
    await update(s, s.ada, { topic: 'two' });
    apply.mockRestore();
    await settled(s.world.backend);
    return core.db.conversations.findById(s.conversationId);
  };

  it('leave no conversation that shows one and lacks one below it', async () => {
    expect(await gapBelow(await aRoom())).toMatchObject({ name: 'one', topic: 'two', appliedRev: 4 });
  });

  it('would leave one if each was applied alone', async () => {
    const s = await aRoom();
    settingsOutOfOrder(s.world.backend.core.db);
    expect(await gapBelow(s)).toMatchObject({ name: 'R', topic: 'two', appliedRev: 4 });
  });
});
