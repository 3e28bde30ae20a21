'use client';
import { useMemo } from 'react';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';
import { useNames } from './name-list.tsx';

const none: readonly string[] = [];
const namedMax = 2;

/** "emi is typing", "emi and bob are typing"; undefined while nobody else is. */
export function useTypingText(conversationId: string): string | undefined {
  const { typing, account } = useSession();
  const writers = useStore(useMemo(() => typing.at(conversationId), [typing, conversationId])) ?? none;
  // One's own other device may be writing.
  const others = writers.filter((id) => id !== account.id);
  const names = useNames(others, namedMax);
  if (others.length === 0) return undefined;
  return others.length > namedMax ? text.messages.manyTyping : text.messages.typing(names, others.length);
}
