import type { Entry, MessagePage, MessagePageInput } from '@confab/contract';
import type { EntryRecord } from '@confab/db';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { toEntry } from '../timeline/entry-view.ts';
import { foldChanges } from '../timeline/fold-changes.ts';
import { visibleTo } from '../timeline/visible-to.ts';
import { withoutHoles } from '../timeline/without-holes.ts';

/** One stretch of history, found by one index seek, its messages as they are at its cursor. @throws ConfabError NOT_FOUND */
export async function pageMessages(core: Core, actor: Actor, input: MessagePageInput): Promise<MessagePage> {
  const { conversationId, before = Number.MAX_SAFE_INTEGER, limit } = input;
  const { visibleFromRev: from } = await accessConversation(core, actor, conversationId);
  const { cursor, pending, entries, more } = await core.db.timeline.readStretch({
    conversationId,
    from,
    before,
    limit,
  });
  core.changes.meet(pending);
  const stored = entries.toReversed();
  // A page that a bound ended may begin anywhere; another one reaches down to the first visible entry.
  const firstRev = more ? (stored[0]?.rev ?? from) : from;
  const whole = await withoutHoles(core, { conversationId, firstRev, stored });
  return {
    epoch: core.db.epoch,
    entries: viewEntries(foldChanges(whole, pending), from),
    cursor: Math.max(cursor, from - 1),
    from,
  };
}

/** Entries as they travel to a member who sees the log from `from` on. */
export function viewEntries(entries: readonly EntryRecord[], from: number): Entry[] {
  return entries.flatMap((entry) => visibleTo(toEntry(entry), from) ?? []);
}
