'use client';
import type { User } from '@confab/contract';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useUntil } from '../conversations/use-until.ts';
import { usePeerBlocked } from '../people/use-blocked.ts';

/** Why the reader cannot write here now; null when they can. Like the server's rules, which decide. */
export type Obstacle =
  { readonly kind: 'blocked'; readonly peer: User } | { readonly kind: 'silenced'; readonly until: string };

export function useObstacle(conversation: ConversationInfo): Obstacle | null {
  const { peer, silencedUntil } = conversation;
  const blocked = usePeerBlocked(conversation);
  const until = useUntil(silencedUntil);
  if (peer && blocked) return { kind: 'blocked', peer };
  return until === null ? null : { kind: 'silenced', until };
}
