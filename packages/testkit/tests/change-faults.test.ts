import type { Backend } from '@confab/api';
import { type MessageEntry, newClientId, reactionKey } from '@confab/contract';
import { type Person, settled } from '../src/index.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dieBefore, type TimelineWrite } from './dying-process.ts';
import { deletionYields, editsUnguarded, tombstonesDropped } from './mutants.ts';
import { aPair, type Scene } from './scene.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const future = new Date(8.64e15);

/** Another process, with nobody's help but the janitor's, and ada and bob on it. */
async function another(s: Scene): Promise<{ process: Backend; scene: Scene }> {
  const process = await s.world.process();
  const via = async (person: Person) => ({ ...person, api: await person.via(process) });
  const [ada, bob] = [await via(s.ada), await via(s.bob)];
  return { process, scene: { ...s, ada, bob } };
}

async function pendingCount(s: Scene): Promise<number> {
  return s.world.backend.core.db.connection.collection('timeline').countDocuments({ pending: true });
}

/** What each kind of change does to a message, and what is to be seen of it. */
const kinds: Record<string, (s: Scene) => { make: (m: MessageEntry) => Promise<unknown>; shows: object }> = {
  edit: (s) => ({ make: (m) => s.edit(s.ada, m, 'new'), shows: { text: 'new', textRev: 2 } }),
  reaction: (s) => ({
    make: (m) => s.react(s.bob, m, '👍'),
    shows: { reactions: { [reactionKey(s.bob.id, '👍')]: { rev: 2, on: true } } },
  }),
  deletion: (s) => ({ make: (m) => s.remove(s.ada, m), shows: { text: '', deletedRev: 2 } }),
};
const applies: Record<string, TimelineWrite> = {
  edit: 'applyEdit',
  reaction: 'applyReaction',
  deletion: 'applyDeletion',
};

describe.each(Object.keys(kinds))('a process that dies with a stored %s', (kind) => {
  it.each([
    ['before it is applied', () => applies[kind]],
    ['before it is cleared', () => 'clearPending' as const],
  ])('%s: another one shows it at once, and its janitor completes it', async (_, step) => {
    const s = await aPair();
    const message = await s.send(s.ada, 'old');
    const { make, shows } = kinds[kind]?.(s) ?? { make: () => Promise.reject(new Error()), shows: {} };
    const died = dieBefore(s.world.backend, step() ?? 'insertBatch');
    await make(message).catch(() => undefined);
    await died;
    await settled(s.world.backend);
    expect(await pendingCount(s)).toBe(1);

    const { process, scene: there } = await another(s);
    expect(await there.find(there.bob, message)).toMatchObject(shows);
    expect((await there.conversation(there.bob)).conversation.lastMessage).toMatchObject(shows);
    await process.core.changes.sweep(future);
    expect(await pendingCount(s)).toBe(0);
    expect(await there.find(there.bob, message)).toMatchObject(shows);
  });
});

describe('a deletion that was not acknowledged', () => {
  it('is completed by the retry, under the same client id', async () => {
    const s = await aPair();
    const { id: messageId } = await s.send(s.ada, 'secret');
    const request = { conversationId: s.conversationId, messageId, clientId: newClientId() };
    const died = dieBefore(s.world.backend, 'applyDeletion');
    await expect(s.ada.api.messages.delete(request)).rejects.toThrow();
    await died;
    const { scene: there } = await another(s);
    const { entry } = await there.ada.api.messages.delete(request);
    expect(entry).toMatchObject({ rev: 2, clientId: request.clientId });
    const stored = await s.world.backend.core.db.connection.collection('timeline').find().toArray();
    expect(JSON.stringify(stored)).not.toContain('secret');
  });

  it('whose message alone was blanked blanks the edits when the janitor comes', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'secret');
    await s.edit(s.ada, message, 'secret, too');
    await settled(s.world.backend);
    const died = dieBefore(s.world.backend, 'applyDeletion');
    await expect(s.remove(s.ada, message)).rejects.toThrow();
    await died;
    const timeline = s.world.backend.core.db.connection.collection('timeline');
    await timeline.updateOne(
      { rev: 1 },
      { $set: { text: '', deletedRev: 3 }, $unset: { editedText: 1, textRev: 1 } },
    );
    const { process } = await another(s);
    await process.core.changes.sweep(future);
    expect(JSON.stringify(await timeline.find().toArray())).not.toContain('secret');
    expect(await pendingCount(s)).toBe(0);
  });
});

/** Two changes stored and not applied; then the later one is applied, and the earlier one after it. */
async function appliedInReverse(s: Scene, steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const { core } = s.world.backend;
  const later = vi.spyOn(core.changes, 'applyLater').mockImplementation(() => undefined);
  const now = vi.spyOn(core.changes, 'apply').mockImplementation(() => Promise.resolve());
  for (const step of steps) await step();
  later.mockRestore();
  now.mockRestore();
  const pending = await core.db.timeline.listPending({ conversationIds: [s.conversationId] });
  for (const change of pending.toReversed()) {
    core.changes.applyLater(change);
    await core.background.settled();
  }
}

describe('changes applied in the wrong order', () => {
  const twoEdits = async (s: Scene) => {
    const message = await s.send(s.ada, 'one');
    await appliedInReverse(s, [() => s.edit(s.ada, message, 'two'), () => s.edit(s.ada, message, 'three')]);
    return (await s.find(s.bob, message)).text;
  };
  const onAndOff = async (s: Scene) => {
    const message = await s.send(s.ada, 'x');
    await appliedInReverse(s, [
      () => s.react(s.bob, message, '👍'),
      () => s.react(s.bob, message, '👍', false),
    ]);
    return (await s.find(s.ada, message)).reactions?.[reactionKey(s.bob.id, '👍')]?.on;
  };
  /** Whether anything of the text is left in the database. */
  const editThenDeletion = async (s: Scene) => {
    const message = await s.send(s.ada, 'secret');
    await appliedInReverse(s, [() => s.edit(s.ada, message, 'secret'), () => s.remove(s.ada, message)]);
    const stored = await s.world.backend.core.db.connection.collection('timeline').find().toArray();
    return JSON.stringify(stored).includes('secret');
  };
  const reactionThenDeletion = async (s: Scene) => {
    const message = await s.send(s.ada, 'x');
    await appliedInReverse(s, [() => s.react(s.bob, message, '👍'), () => s.remove(s.ada, message)]);
    return (await s.find(s.ada, message)).reactions;
  };

  it('leave the text of the later edit', async () => {
    expect(await twoEdits(await aPair())).toBe('three');
  });
  it('would leave that of the earlier one without the guard of its rev', async () => {
    const s = await aPair();
    editsUnguarded(s.world.backend.core.db);
    expect(await twoEdits(s)).toBe('two');
  });
  it('leave a reaction taken back', async () => {
    expect(await onAndOff(await aPair())).toBe(false);
  });
  it('would bring it to life without its tombstone', async () => {
    const s = await aPair();
    tombstonesDropped(s.world.backend.core.db);
    expect(await onAndOff(s)).toBe(true);
  });
  it('leave nothing of a deleted message: an edit applied after it blanks itself', async () => {
    expect(await editThenDeletion(await aPair())).toBe(false);
  });
  it('would leave its text if the deletion did not keep the edit out', async () => {
    const s = await aPair();
    deletionYields(s.world.backend.core.db);
    expect(await editThenDeletion(s)).toBe(true);
  });
  it('leave no reaction on a deleted message', async () => {
    expect(await reactionThenDeletion(await aPair())).toBeUndefined();
  });
  it('would leave one if the deletion did not keep it out', async () => {
    const s = await aPair();
    deletionYields(s.world.backend.core.db);
    expect(await reactionThenDeletion(s)).toBeDefined();
  });
});

describe('an edit that was admitted before a deletion and stored after it', () => {
  it('blanks itself', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'x');
    const { timeline } = s.world.backend.core.db;
    const asItWas = await timeline.findMessage(s.conversationId, message.id);
    await s.remove(s.ada, message);
    vi.spyOn(timeline, 'findMessage').mockResolvedValueOnce(asItWas);
    await s.edit(s.ada, message, 'secret');
    await settled(s.world.backend);
    expect(await s.page(s.bob)).toMatchObject([
      { text: '', deletedRev: 2 },
      { kind: 'deletion' },
      { kind: 'edit', text: '' },
    ]);
    expect(await pendingCount(s)).toBe(0);
  });
});

describe('the janitor', () => {
  it('leaves alone what a living process has just stored', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'x');
    vi.spyOn(s.world.backend.core.changes, 'applyLater').mockImplementation(() => undefined);
    await s.edit(s.ada, message, 'y');
    const { process } = await another(s);
    await process.core.changes.sweep();
    expect(await pendingCount(s)).toBe(1);
  });

  it('is helped by whoever meets an abandoned change while reading', async () => {
    let now = Date.now();
    const s = await aPair({ now: () => new Date(now) });
    const message = await s.send(s.ada, 'x');
    vi.spyOn(s.world.backend.core.changes, 'applyLater').mockImplementation(() => undefined);
    await s.edit(s.ada, message, 'y');
    const { process, scene: there } = await another(s);
    now += 60_000;
    await there.page(there.bob);
    await settled(process);
    expect(await pendingCount(s)).toBe(0);
  });

  it('raises the head that a process died before raising', async () => {
    const s = await aPair();
    const message = await s.send(s.ada, 'x');
    await settled(s.world.backend);
    vi.spyOn(s.world.backend.core.db.conversations, 'raiseHints').mockRejectedValueOnce(new Error('died'));
    await expect(s.edit(s.ada, message, 'y')).rejects.toThrow();
    expect((await s.conversation(s.bob)).conversation.headRev).toBe(1);
    const { process } = await another(s);
    await process.core.changes.sweep(future);
    expect((await s.conversation(s.bob)).conversation.headRev).toBe(2);
  });
});

describe('a message that was stored by a process that died before the hints', () => {
  it('raises them when a list shows it, so that every device that compares heads learns of it', async () => {
    const s = await aPair();
    await s.send(s.ada, 'x');
    const { core } = s.world.backend;
    vi.spyOn(core.db.conversations, 'raiseHints').mockRejectedValueOnce(new Error('died'));
    await expect(s.send(s.ada, 'y')).rejects.toThrow();
    expect((await s.conversation(s.bob)).conversation).toMatchObject({ headRev: 1, lastMessage: { rev: 2 } });
    await core.background.settled();
    expect((await s.conversation(s.bob)).conversation).toMatchObject({ headRev: 2, unread: 2 });
  });
});
