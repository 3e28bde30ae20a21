import { searchKey } from '@confab/contract';
import type { ConversationChange, ConversationSettings, ConversationUpdate, Database } from '@confab/db';

/**
 * Brings a setting, or somebody's coming or going, to its conversation, and before it, in their order, those below that
 * are pending still: a conversation that shows the change of one rev shows all below it, each once, whoever died before
 * applying them.
 */
export async function applyToConversation(
  db: Database,
  { conversationId, rev }: ConversationChange,
): Promise<void> {
  const pending = await db.timeline.listPending({ conversationIds: [conversationId], upTo: rev });
  for (const entry of pending) {
    if (entry.kind !== 'setting' && entry.kind !== 'member') continue;
    await db.conversations.applyChange(conversationId, entry.rev, toUpdate(entry));
  }
}

function toUpdate(entry: ConversationChange): ConversationUpdate {
  if (entry.kind === 'member') return { countDelta: entry.countDelta };
  const settings = toSettings(entry);
  return { ...settings, ...(settings.name && { searchKey: searchKey(settings.name) }) };
}

/** The one setting that an entry changes. */
export function toSettings({
  setting,
  value,
}: Extract<ConversationChange, { kind: 'setting' }>): Partial<ConversationSettings> {
  switch (setting) {
    case 'name':
      return { name: String(value) };
    case 'topic':
      return { topic: String(value) };
    case 'slowModeSeconds':
      return { slowModeSeconds: Number(value) };
    case 'newMembersSeeHistory':
      return { newMembersSeeHistory: value === true };
  }
}
