'use client';
import { useEffect } from 'react';
import { TypingLine } from '@confab/ui';
import { useSelected } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';
import { useTypingText } from './use-typing-text.ts';

/** Who is writing in the open conversation. The line is there always: nothing moves when somebody begins. */
export function OpenTypingLine({ conversationId }: { conversationId: string }) {
  const { typing, sync } = useSession();
  useEffect(() => typing.watch(conversationId), [typing, conversationId]);
  const lastId = useSelected(sync.conversation(conversationId), (row) =>
    row?.preview?.type === 'entry' ? row.preview.entry.id : null,
  );
  useEffect(() => {
    const preview = sync.conversation(conversationId).get()?.preview;
    if (preview?.type === 'entry') typing.end(conversationId, preview.entry.senderId);
  }, [sync, typing, conversationId, lastId]);
  return <TypingLine text={useTypingText(conversationId)} />;
}
