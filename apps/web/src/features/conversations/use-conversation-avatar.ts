'use client';
import type { AvatarOf } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { usePresence } from '../people/use-user.ts';
import type { ConversationInfo } from './use-conversation.ts';

/** Its own name, or the other person's. */
export function conversationName({ name, peer }: Pick<ConversationInfo, 'name' | 'peer'>): string {
  return name ?? peer?.name ?? text.messages.somebody;
}

/** What stands for a conversation: the other person with their dot, or the group's or room's square. */
export function useConversationAvatar(
  conversation: Pick<ConversationInfo, 'id' | 'kind' | 'name' | 'peer'>,
): AvatarOf {
  const { id, kind, peer } = conversation;
  const presence = usePresence(peer?.id ?? '');
  if (kind !== 'direct') return { id, kind, name: conversationName(conversation) };
  return { id: peer?.id ?? id, kind: 'person', name: conversationName(conversation), presence };
}
