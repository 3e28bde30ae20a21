import type { ConversationRow } from '@confab/sync';
import type { Preview } from '@confab/ui';
import { text } from '../../lib/text.ts';

interface PreviewOptions {
  readonly userId: string;
  /** Of the last message's sender, in groups and rooms. */
  readonly author: string | undefined;
  readonly draft: string | undefined;
  /** The open conversation shows its draft itself. */
  readonly current: boolean;
}

/** Who wrote the message under a row, if that is worth saying: in groups and rooms, and not oneself. */
export function previewSenderId({ conversation, preview }: ConversationRow, userId: string): string | null {
  if (conversation.kind === 'direct' || preview?.type !== 'entry') return null;
  return preview.entry.senderId === userId ? null : preview.entry.senderId;
}

/** The second line of a conversation's row. */
export function previewLine({ preview }: ConversationRow, options: PreviewOptions): Preview {
  const { userId, author, draft, current } = options;
  if (draft !== undefined && !current) return { kind: 'draft', text: draft };
  if (preview?.type === 'outgoing') {
    const { state, text: written } = preview.message;
    return state === 'failed'
      ? { kind: 'failed', text: written }
      : { kind: 'message', text: written, delivery: state };
  }
  if (preview?.entry.kind !== 'message') return { kind: 'note', text: text.conversation.noMessages };
  const own = preview.entry.senderId === userId;
  return { kind: 'message', text: preview.entry.text, author, delivery: own ? 'sent' : undefined };
}
