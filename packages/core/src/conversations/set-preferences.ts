import { ConfabError, type Preferences, type SetPreferencesInput } from '@confab/contract';
import type { NewPreferences } from '@confab/db';
import type { Actor, Core } from '../core.ts';
import { accessConversation } from './access-conversation.ts';

/**
 * Pins, mutes or hides a conversation in the actor's own list, and tells their own devices. Hidden up to the end of the
 * log, which a head may run ahead of: the next message must show the conversation again. Writes nothing where nothing
 * changes.
 * @throws ConfabError NOT_FOUND, RATE_LIMITED
 */
export async function setPreferences(
  core: Core,
  actor: Actor,
  { conversationId, hidden, pinned, muted }: SetPreferencesInput,
): Promise<Preferences> {
  await core.limits.settings.consume(actor.userId);
  const { preferences } = await accessConversation(core, actor, conversationId);
  const wanted: Required<NewPreferences> = {
    pinned: pinned ?? preferences.pinned,
    muted: muted ?? preferences.muted,
    hiddenSeq: await hiddenSeqOf(core, { conversationId, hidden, now: preferences.hiddenSeq }),
  };
  const changed = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => preferences[name as keyof NewPreferences] !== value),
  );
  if (Object.keys(changed).length === 0) return preferences;
  const stored = await core.db.memberships.setPreferences(actor.userId, conversationId, changed);
  if (!stored) throw new ConfabError('NOT_FOUND');
  await core.announce.toUser(actor.userId, {
    type: 'preferences.changed',
    conversationId,
    preferences: stored,
  });
  return stored;
}

async function hiddenSeqOf(
  core: Core,
  {
    conversationId,
    hidden,
    now,
  }: { conversationId: string; hidden: boolean | undefined; now: number | null },
): Promise<number | null> {
  if (hidden === undefined) return now;
  return hidden ? core.db.timeline.highestRev(conversationId) : null;
}
