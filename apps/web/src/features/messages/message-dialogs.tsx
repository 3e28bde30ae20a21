'use client';
import type { MessageEntry } from '@confab/contract';
import { lazy } from '../../lib/lazy.tsx';
import type { Value } from '../../lib/value.ts';
import { useStore } from '../../lib/use-store.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';

const DeleteDialog = lazy(async () => (await import('./delete-dialog.tsx')).DeleteDialog);
const HistoryDialog = lazy(async () => (await import('./history-dialog.tsx')).HistoryDialog);
const SeenDialog = lazy(async () => (await import('./seen-dialog.tsx')).SeenDialog);
const ReportDialog = lazy(async () => (await import('./report-dialog.tsx')).ReportDialog);
const MessageSheet = lazy(async () => (await import('./message-sheet.tsx')).MessageSheet);

/** What is open about one message. */
export interface OpenDialog {
  readonly kind: 'delete' | 'history' | 'seen' | 'report' | 'actions';
  readonly entry: MessageEntry;
}

export interface MessageDialogProps {
  entry: MessageEntry;
  conversation: ConversationInfo;
  onClose: () => void;
  /** Goes on to another one. */
  open: (dialog: OpenDialog) => void;
}

export interface MessageDialogsProps {
  conversation: ConversationInfo;
  opened: Value<OpenDialog | null>;
}

/** The dialogs of all messages: they stay when the row that opened them is scrolled away. */
export function MessageDialogs({ conversation, opened }: MessageDialogsProps) {
  const dialog = useStore(opened);
  if (dialog === null) return null;
  const props: MessageDialogProps = {
    entry: dialog.entry,
    conversation,
    onClose: () => {
      opened.set(null);
    },
    open: (next) => {
      opened.set(next);
    },
  };
  switch (dialog.kind) {
    case 'delete':
      return <DeleteDialog {...props} />;
    case 'history':
      return <HistoryDialog {...props} />;
    case 'seen':
      return <SeenDialog {...props} />;
    case 'report':
      return <ReportDialog {...props} />;
    case 'actions':
      return <MessageSheet {...props} />;
  }
}
