import { ConfabError, limits, parseReactionKey, reactionKey } from '@confab/contract';
import type { Database, EntryDraft } from '@confab/db';
import type { Refused } from './member-cache.ts';

interface Candidate {
  readonly draft: EntryDraft;
}

type Reaction = Extract<EntryDraft, { kind: 'reaction' }>;

/**
 * Tells the candidates for whose reaction their message has room from the others.
 *
 * Asked when it is known above which rev the batch will be placed, and never later: what is stored up to there counts,
 * the batch itself counts, and a reaction that another process stores meanwhile takes the batch's place, so that this
 * is asked anew. That makes the bound exact, however many come at once, on however many processes.
 */
export async function withRoom<T extends Candidate>(
  { timeline }: Pick<Database, 'timeline'>,
  conversationId: string,
  candidates: readonly T[],
): Promise<{ fitting: readonly T[]; refused: readonly Refused<T>[] }> {
  const messageIds = new Set(
    candidates.flatMap(({ draft }) => (isNewReaction(draft) ? draft.messageId : [])),
  );
  if (messageIds.size === 0) return { fitting: candidates, refused: [] };
  const kept = await timeline.readReactionKeys(conversationId, [...messageIds]);
  const refused: Refused<T>[] = [];
  const fitting = candidates.filter((candidate) => {
    const { draft } = candidate;
    if (!isNewReaction(draft)) return true;
    const keys = kept.get(draft.messageId) ?? new Set<string>();
    const error = whyFull(keys, draft);
    if (error) refused.push({ candidate, error });
    else keys.add(reactionKey(draft.senderId, draft.emoji));
    return error === null;
  });
  return { fitting, refused };
}

function isNewReaction(draft: EntryDraft): draft is Reaction {
  return draft.kind === 'reaction' && draft.on;
}

function whyFull(keys: ReadonlySet<string>, { senderId, emoji }: Reaction): ConfabError | null {
  if (keys.has(reactionKey(senderId, emoji))) return null;
  if (keys.size >= limits.reactionsPerMessageMax) return new ConfabError('REACTIONS_FULL');
  const own = [...keys].filter((key) => parseReactionKey(key).userId === senderId);
  if (own.length < limits.reactionsPerPersonMax) return null;
  const message = `You can put ${String(limits.reactionsPerPersonMax)} different emoji on a message.`;
  return new ConfabError('REACTIONS_FULL', { message });
}
