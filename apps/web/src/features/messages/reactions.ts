import { parseReactionKey, type MessageEntry } from '@confab/contract';

/** One emoji on a message. */
export interface ReactionGroup {
  readonly emoji: string;
  /** Who put it there, in the order in which they did. */
  readonly userIds: readonly string[];
}

/** What people can react with at one press. */
export const quickEmoji = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀'] as const;

/**
 * The reactions of a message, the oldest first, so that none changes its place when another comes; without those of
 * people who are `blocked`.
 */
export function reactionsOf(
  { reactions = {} }: MessageEntry,
  blocked: ReadonlySet<string> | null = null,
): readonly ReactionGroup[] {
  const groups = new Map<string, string[]>();
  const states = Object.entries(reactions).sort(([, a], [, b]) => a.rev - b.rev);
  for (const [key, { on }] of states) {
    if (!on) continue;
    const { userId, emoji } = parseReactionKey(key);
    if (blocked?.has(userId) === true) continue;
    const group = groups.get(emoji);
    if (group) group.push(userId);
    else groups.set(emoji, [userId]);
  }
  return [...groups].map(([emoji, userIds]) => ({ emoji, userIds }));
}
