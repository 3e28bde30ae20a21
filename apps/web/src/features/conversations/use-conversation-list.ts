'use client';
import type { ConversationList } from '@confab/sync';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';

/** The conversations, latest activity first. */
export function useConversationList(): ConversationList {
  return useStore(useSession().sync.conversations);
}
