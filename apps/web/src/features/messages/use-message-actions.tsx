'use client';
import { Copy, Flag, History, Pencil, Trash2, UserRoundCheck } from 'lucide-react';
import type { MessageEntry } from '@confab/contract';
import type { EmojiChoice, MenuItem } from '@confab/ui';
import { copyText } from '../../lib/copy-text.ts';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';
import type { OpenDialog } from './message-dialogs.tsx';
import { messageWords } from './message-words.ts';
import { useObstacle } from './use-obstacle.ts';
import { quickEmoji, reactionsOf, type ReactionGroup } from './reactions.ts';

export interface MessageActions {
  readonly reactions: readonly ReactionGroup[];
  /** Those offered at one press. */
  readonly choices: readonly EmojiChoice[];
  readonly react: (emoji: string, on: boolean) => void;
  /** Whether one may: a moderator's mute and a block take reactions too. */
  readonly mayReact: boolean;
  /** Brings the text into the composer; null for what is not one's own. */
  readonly edit: (() => void) | null;
  /** Everything else, and editing. */
  readonly items: readonly MenuItem[];
}

export interface MessageActionsOptions {
  readonly entry: MessageEntry;
  readonly conversation: ConversationInfo;
  readonly open: (dialog: OpenDialog) => void;
}

/** What can be done with a message, by what one may: like the server's rules, which decide. */
export function useMessageActions({ entry, conversation, open }: MessageActionsOptions): MessageActions {
  const { account, sync, edits, blocked } = useSession();
  const { notify, notifyProblem } = useNotifications();
  const { id, kind, role } = conversation;
  const own = entry.senderId === account.id;
  const mayWrite = useObstacle(conversation) === null;
  const mayDelete = own || (kind !== 'direct' && role !== 'member');
  const reactions = reactionsOf(entry, useStore(blocked.ids));
  const isOwnReaction = (emoji: string) =>
    reactions.some((group) => group.emoji === emoji && group.userIds.includes(account.id));
  const edit = () => {
    edits.begin(id, entry.id, entry.text);
  };
  const copy = async () => {
    if (await copyText(entry.text)) notify(text.message.copied);
    else notifyProblem(text.message.notCopied);
  };
  const opens = (dialog: OpenDialog['kind']) => () => {
    open({ kind: dialog, entry });
  };
  const items: MenuItem[] = [];
  if (own && mayWrite)
    items.push({ label: text.message.edit, icon: <Pencil size={16} aria-hidden />, onSelect: edit });
  items.push({
    label: text.message.copy,
    icon: <Copy size={16} aria-hidden />,
    onSelect: () => void copy(),
  });
  if (entry.textRev !== undefined) {
    items.push({
      label: text.message.history,
      icon: <History size={16} aria-hidden />,
      onSelect: opens('history'),
    });
  }
  if (own && kind === 'group') {
    items.push({
      label: text.message.seenBy,
      icon: <UserRoundCheck size={16} aria-hidden />,
      onSelect: opens('seen'),
    });
  }
  if (!own) {
    items.push('separator', {
      label: messageWords.report,
      icon: <Flag size={16} aria-hidden />,
      onSelect: opens('report'),
    });
  }
  if (mayDelete) {
    if (own) items.push('separator');
    items.push({
      label: text.message.delete,
      icon: <Trash2 size={16} aria-hidden />,
      danger: true,
      onSelect: opens('delete'),
    });
  }
  return {
    reactions,
    choices: quickEmoji.map((emoji) => ({
      emoji,
      label: text.message.emoji[emoji],
      own: isOwnReaction(emoji),
    })),
    react: (emoji, on) => {
      sync.react(id, entry.id, { emoji, on });
    },
    mayReact: mayWrite,
    edit: own && mayWrite ? edit : null,
    items,
  };
}
