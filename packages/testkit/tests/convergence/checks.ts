import type { Entry, MessagePage } from '@confab/contract';
import {
  type Actor,
  type Core,
  getConversation,
  pageMessages,
  pullMessages,
  sweepMembers,
} from '@confab/core';
import { expect } from 'vitest';
import {
  countUnread,
  entriesAfterEnd,
  entriesAfterSilence,
  foldConversation,
  foldDevice,
  foldLog,
  type StoredEntry,
  toModel,
} from './model.ts';

/** Somebody's device, with the page that it once loaded. */
export interface Device {
  readonly actor: Actor;
  readonly page: MessagePage;
}

interface End {
  readonly core: Core;
  readonly conversationId: string;
  readonly people: readonly [Actor, Actor, Actor];
  readonly devices: readonly Device[];
  /** What was acknowledged, as it was answered. */
  readonly acknowledged: readonly Entry[];
}

const revsOf = (entries: readonly { rev: number }[]) => entries.map(({ rev }) => rev);

/** Whoever compares heads learns of everything that was acknowledged before. */
export async function checkHeads(
  core: Core,
  conversationId: string,
  acknowledged: readonly Entry[],
): Promise<void> {
  const { Types } = core.db.connection.base;
  const conversations = core.db.connection.collection('conversations');
  const stored = await conversations.findOne({ _id: new Types.ObjectId(conversationId) });
  expect(stored?.['headRev']).toBeGreaterThanOrEqual(Math.max(0, ...revsOf(acknowledged)));
  const messages = acknowledged.filter(({ kind }) => kind === 'message');
  expect(stored?.['lastMessageSeq']).toBeGreaterThanOrEqual(Math.max(0, ...revsOf(messages)));
}

/** A page shows every change that was acknowledged before it was asked for, whoever died meanwhile. */
export function checkPage({ entries }: MessagePage, known: readonly Entry[]): void {
  for (const change of known) {
    if (!('messageId' in change)) continue;
    const message = entries.find((entry) => entry.kind === 'message' && entry.rev === change.seq);
    if (message?.kind !== 'message') throw new Error(`the page lacks message ${String(change.seq)}`);
    if (message.deletedRev !== undefined) {
      expect(message.text).toBe('');
      continue;
    }
    expect(change.kind).not.toBe('deletion');
    if (change.kind === 'edit') expect(message.textRev).toBeGreaterThanOrEqual(change.rev);
    if (change.kind === 'reaction') {
      const state = message.reactions?.[`${change.senderId}:${change.emoji}`];
      expect(state?.rev).toBeGreaterThanOrEqual(change.rev);
    }
  }
}

export async function checkEnd(end: End): Promise<void> {
  const { core, conversationId, people, acknowledged } = end;
  await checkHeads(core, conversationId, acknowledged);
  await sweepMembers(core, new Date(8.64e15));
  await core.changes.sweep(new Date(8.64e15));
  await checkConversation(end);
  const log = await readLog(core, conversationId);
  checkLog(log, acknowledged);
  // One who is in again by now has perhaps no entry yet that says so.
  const cleo = people[2].userId;
  const membership = await core.db.memberships.find(cleo, conversationId);
  if (membership?.status !== 'active') expect(entriesAfterEnd(log, cleo)).toEqual([]);

  const messages = foldLog(log);
  for (const actor of people.slice(0, 2)) {
    const { entries } = await pageMessages(core, actor, { conversationId, limit: 100 });
    expect(revsOf(entries)).toEqual(revsOf(log).slice(-100));
    const shown = entries.flatMap((entry) =>
      entry.kind === 'message' ? [[entry.id, toModel(entry)] as const] : [],
    );
    const visible = [...messages].filter(([, { rev }]) => rev >= (entries[0]?.rev ?? 0));
    expect(new Map(shown)).toEqual(new Map(visible));
    const { conversation } = await getConversation(core, actor, conversationId);
    expect(conversation.unread).toBe(countUnread(log, actor.userId, conversation.readSeq));
  }
  for (const { actor, page } of end.devices) {
    const query = { conversationId, after: page.cursor, limit: 200 };
    const pulled = await pullMessages(core, actor, query);
    const first = page.entries[0]?.rev ?? 0;
    const expected = [...messages].filter(([, { rev }]) => rev >= first);
    expect(foldDevice(page.entries, pulled.entries)).toEqual(new Map(expected));
  }
}

/** Its settings and its count are as the log says, it has one owner, and nobody wrote who was silenced. */
async function checkConversation({ core, conversationId, people }: End): Promise<void> {
  const log = await readLog(core, conversationId);
  const { name, settingsRev, memberCount } = foldConversation(log, 2);
  const [ada, bob] = people;
  const { conversation } = await getConversation(core, ada, conversationId);
  expect(conversation).toMatchObject({ name: name ?? 'G', memberCount });
  // The rev of what was applied last: a setting, or somebody's coming or going.
  expect(conversation.settingsRev).toBeGreaterThanOrEqual(settingsRev);
  const memberships = await core.db.memberships.findMany(
    people.map(({ userId }) => userId),
    conversationId,
  );
  expect(memberships.filter(({ role }) => role === 'owner')).toHaveLength(1);
  for (const { userId } of [ada, bob]) {
    const { silencedUntil } = memberships.find((row) => row.userId === userId) ?? {};
    if (silencedUntil) expect(entriesAfterSilence(log, userId)).toEqual([]);
  }
}

async function readLog(core: Core, conversationId: string): Promise<StoredEntry[]> {
  const { Types } = core.db.connection.base;
  const timeline = core.db.connection.collection<StoredEntry>('timeline');
  return timeline
    .find({ conversationId: new Types.ObjectId(conversationId) } as object)
    .sort({ rev: 1 })
    .toArray();
}

/** 1, 2, 3, …: everything acknowledged is there, nothing is pending, and of deleted messages no text is left. */
function checkLog(log: readonly StoredEntry[], acknowledged: readonly Entry[]): void {
  expect(revsOf(log)).toEqual(log.map((_, i) => i + 1));
  expect(log.filter(({ kind, pending }) => kind === 'void' || pending)).toEqual([]);
  for (const entry of acknowledged) {
    const stored = log[entry.rev - 1];
    expect([stored?._id.toHexString(), stored?.kind]).toEqual(['id' in entry ? entry.id : '', entry.kind]);
  }
  const deleted = new Set(
    log.flatMap(({ kind, target }) => (kind === 'deletion' && target ? [target.toHexString()] : [])),
  );
  const left = log.filter((entry) => {
    const message = entry.kind === 'message' ? entry._id : entry.kind === 'edit' ? entry.target : undefined;
    return message && deleted.has(message.toHexString()) && JSON.stringify(entry).includes('"text ');
  });
  expect(left).toEqual([]);
}
