/** Under which a message keeps one person's use of one emoji. */
export function reactionKey(userId: string, emoji: string): string {
  return `${userId}:${emoji}`;
}

/** The person and the emoji of a `reactionKey`. */
export function parseReactionKey(key: string): { userId: string; emoji: string } {
  const colon = key.indexOf(':');
  return { userId: key.slice(0, colon), emoji: key.slice(colon + 1) };
}
