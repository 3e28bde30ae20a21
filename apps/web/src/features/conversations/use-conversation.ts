'use client';
import { useMemo } from 'react';
import type { Conversation } from '@confab/contract';
import type { ConversationRow, Store } from '@confab/sync';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';

/** What a conversation is, without what every message changes. */
export type ConversationInfo = Pick<
  Conversation,
  | 'id'
  | 'kind'
  | 'name'
  | 'topic'
  | 'visibility'
  | 'slowModeSeconds'
  | 'newMembersSeeHistory'
  | 'peer'
  | 'memberCount'
  | 'role'
  | 'silencedUntil'
  | 'createdAt'
> &
  Pick<Conversation['preferences'], 'muted'> & { readonly peerBlocked: boolean };

function infoOf({ conversation }: ConversationRow): ConversationInfo {
  const { id, kind, name, topic, visibility, slowModeSeconds, newMembersSeeHistory } = conversation;
  const { peer, memberCount, role, silencedUntil, createdAt, preferences } = conversation;
  const settings = { name, topic, visibility, slowModeSeconds, newMembersSeeHistory };
  return {
    id,
    kind,
    ...settings,
    peer,
    peerBlocked: conversation.peerBlocked === true,
    memberCount,
    role,
    silencedUntil,
    createdAt,
    muted: preferences.muted,
  };
}

function isSame(a: ConversationInfo, b: ConversationInfo): boolean {
  return (Object.keys(a) as (keyof ConversationInfo)[]).every(
    (key) => Object.is(a[key], b[key]) || (key === 'peer' && a.peer?.id === b.peer?.id),
  );
}

/** The same object as long as nothing of it changed, so that a message renders its row and not the whole pane. */
function infoStore(row: Store<ConversationRow | null>): Store<ConversationInfo | null> {
  let last: ConversationInfo | null = null;
  return {
    get: () => {
      const current = row.get();
      const next = current && infoOf(current);
      if (next === null || last === null || !isSame(next, last)) last = next;
      return last;
    },
    subscribe: (listener) => row.subscribe(listener),
  };
}

/** What an open conversation is; null when it is not in the list (yet, or any more). */
export function useConversation(conversationId: string): ConversationInfo | null {
  const { sync } = useSession();
  return useStore(useMemo(() => infoStore(sync.conversation(conversationId)), [sync, conversationId]));
}
