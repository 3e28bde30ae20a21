import {
  ConfabError,
  type Conversation,
  type SettingName,
  settingsShape,
  type UpdateConversationInput,
} from '@confab/contract';
import type { ConversationRecord, EntryDraft } from '@confab/db';
import type { Actor, Core } from '../core.ts';
import { bodyHash, derivedClientId } from '../hash.ts';
import { accessConversation } from './access-conversation.ts';
import { getConversation } from './get-conversation.ts';

const settingNames = Object.keys(settingsShape) as SettingName[];

/**
 * Changes settings of a group or room; owners and moderators may. Each is an entry of the log, stored as pending and
 * then applied, like a change of a message. Answers when the conversation shows them all. The first one has the
 * caller's client id, so the same client id with other settings is refused before anything is stored.
 * @throws ConfabError NOT_FOUND, FORBIDDEN (no moderator; a direct conversation), WRONG_KIND (a setting that is not for
 * this kind of conversation), CLIENT_ID_REUSED, RATE_LIMITED, UNAVAILABLE (unknown: retry)
 */
export async function updateConversation(
  core: Core,
  actor: Actor,
  input: UpdateConversationInput,
): Promise<Conversation> {
  const { conversationId } = input;
  await core.limits.changes.consume(actor.userId);
  const [, conversation] = await Promise.all([
    accessConversation(core, actor, conversationId),
    core.db.conversations.findById(conversationId),
  ]);
  if (!conversation) throw new ConfabError('NOT_FOUND');
  requireFitting(conversation, input);
  for (const draft of toDrafts(core, actor, input)) {
    // Who may is said there: by the same measure as the place in the log, and a retry is answered whoever asks.
    const stored = await core.timeline.append({ conversationId, needs: 'moderation', draft });
    if (stored.kind !== 'setting') throw new Error(`entry ${stored.id} is no setting`);
    const { setting, rev } = stored;
    core.log.info('conversation.set', { conversationId, userId: actor.userId, setting, rev });
    await core.changes.apply(stored);
  }
  return (await getConversation(core, actor, conversationId)).conversation;
}

/** One for each setting, each with the hash of the whole request. */
function toDrafts(core: Core, actor: Actor, { clientId, ...given }: UpdateConversationInput): EntryDraft[] {
  const changed = settingNames.flatMap((setting) => {
    const value = given[setting];
    return value === undefined ? [] : [{ setting, value }];
  });
  const hash = bodyHash('settings', changed);
  return changed.map(({ setting, value }, i) => ({
    kind: 'setting',
    setting,
    value,
    senderId: actor.userId,
    clientId: i === 0 ? clientId : derivedClientId('setting', clientId, setting),
    bodyHash: hash,
    createdAt: core.now(),
    pending: true,
  }));
}

function requireFitting({ kind }: ConversationRecord, input: UpdateConversationInput): void {
  if (input.slowModeSeconds !== undefined && kind !== 'room') {
    throw new ConfabError('WRONG_KIND', { message: 'Slow mode is for rooms.', field: 'slowModeSeconds' });
  }
  if (input.newMembersSeeHistory !== undefined && kind !== 'group') {
    throw new ConfabError('WRONG_KIND', { message: 'This is for groups.', field: 'newMembersSeeHistory' });
  }
}
