import type { ConversationRow } from '@confab/sync';
import { uiText, type Delivery, type Preview } from '@confab/ui';
import { text } from '../../lib/text.ts';

interface PreviewOptions {
  /** Of the last message's sender, in groups and rooms: `You` for oneself. */
  readonly author: string | undefined;
  /** The reader blocked them. */
  readonly fromBlocked: boolean;
  readonly draft: string | undefined;
  /** Who is writing there, in words. */
  readonly typing: string | undefined;
  /** How far one's own last message got, where that is told. */
  readonly delivery: Delivery | undefined;
  /** The open conversation shows its draft itself. */
  readonly current: boolean;
}

/** Who wrote the message under a row, where that is worth saying: in groups and rooms. */
export function previewSenderId({ conversation, preview }: ConversationRow, userId: string): string | null {
  if (conversation.kind === 'direct' || preview === null) return null;
  return preview.type === 'outgoing' ? userId : preview.entry.senderId;
}

/** The seq of the last message if it is one's own; null otherwise. */
export function ownLastSeq({ preview }: ConversationRow, userId: string): number | null {
  if (preview?.type !== 'entry' || preview.entry.senderId !== userId) return null;
  return preview.entry.kind === 'message' && preview.entry.deletedRev === undefined
    ? preview.entry.rev
    : null;
}

/** The second line of a conversation's row: failed, typing, draft, last message, in this order. */
export function previewLine({ preview }: ConversationRow, options: PreviewOptions): Preview {
  const { author, fromBlocked, draft, current, typing, delivery } = options;
  const outgoing = preview?.type === 'outgoing' ? preview.message : null;
  if (outgoing?.state === 'failed') return { kind: 'failed', text: outgoing.text };
  if (typing !== undefined) return { kind: 'typing', text: typing };
  if (draft !== undefined && !current) return { kind: 'draft', text: draft };
  if (outgoing) return { kind: 'message', text: outgoing.text, author, delivery: outgoing.state };
  if (preview?.type !== 'entry' || preview.entry.kind !== 'message') {
    return { kind: 'note', text: text.conversation.noMessages };
  }
  const { entry } = preview;
  if (entry.deletedRev !== undefined) return { kind: 'note', text: uiText.messageDeleted };
  if (fromBlocked) return { kind: 'note', text: uiText.messageOfBlocked };
  return { kind: 'message', text: entry.text, author, delivery };
}
