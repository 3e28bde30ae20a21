'use client';
import { useMemo, useState, type FocusEvent } from 'react';
import type { MessageEntry } from '@confab/contract';
import { BlockedText, DeletedText, MessageRow, MessageText, Reactions, SeenLine } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useBlocked } from '../people/use-blocked.ts';
import { useOpenProfile } from '../people/use-profile.ts';
import { useUser } from '../people/use-user.ts';
import { useConnection } from '../shell/use-connection.ts';
import { useSession } from '../shell/use-session.ts';
import { recipientsOf, type Recipients } from './delivery-of.ts';
import type { OpenDialog } from './message-dialogs.tsx';
import { MessageTools } from './message-tools.tsx';
import { NameList, useNames } from './name-list.tsx';
import { useMessageActions } from './use-message-actions.tsx';
import { useRowTime } from './use-row-time.ts';
import { useDelivery, useWatermarks } from './use-watermarks.ts';

export interface StoredMessageProps {
  entry: MessageEntry;
  /** A change of ours is on its way. */
  changing: boolean;
  first: boolean;
  last: boolean;
  /** One's own last one in a group: says who has read it. */
  seenLine: boolean;
  conversation: ConversationInfo;
  open: (dialog: OpenDialog) => void;
}

/** A message as the server holds it, with the changes that came after it. */
export function StoredMessage(props: StoredMessageProps) {
  const { entry, changing, first, last, conversation } = props;
  const { account } = useSession();
  const sender = useUser(entry.senderId);
  const own = entry.senderId === account.id;
  const deleted = entry.deletedRev !== undefined;
  const openProfile = useOpenProfile();
  const folded = useFolded(entry, conversation);
  const delivery = useDelivery(own && !deleted ? conversation : null, entry.rev);
  const row = {
    id: `message-${entry.id}`,
    sender: { id: entry.senderId, name: sender?.name ?? '…' },
    time: useRowTime(entry.createdAt),
    first,
    last,
    own,
    onSender: own
      ? undefined
      : () => {
          openProfile(entry.senderId);
        },
    notice: changing && <Waiting />,
  };
  if (deleted) {
    return (
      <MessageRow {...row}>
        <DeletedText />
      </MessageRow>
    );
  }
  if (folded.isFolded) {
    return (
      <MessageRow {...row}>
        <BlockedText onShow={folded.unfold} />
      </MessageRow>
    );
  }
  return <LiveMessage {...props} row={row} delivery={own ? (delivery ?? undefined) : undefined} />;
}

/** Whether a message in a group or room is of somebody blocked, and was not unfolded since the page was opened. */
function useFolded({ id, senderId }: MessageEntry, { kind }: ConversationInfo) {
  const { blocked } = useSession();
  const isBlocked = useBlocked(senderId);
  const isShown = useStore(useMemo(() => blocked.shown(id), [blocked, id])) === true;
  return {
    isFolded: kind !== 'direct' && isBlocked && !isShown,
    unfold: () => {
      blocked.show(id);
    },
  };
}

/** Apart, so that a lost connection renders the rows that it means something to, and no others. */
function Waiting() {
  return useConnection() === 'online' ? null : text.messages.waiting;
}

interface LiveMessageProps extends StoredMessageProps {
  row: Omit<Parameters<typeof MessageRow>[0], 'children'>;
  delivery: 'sent' | 'delivered' | 'read' | undefined;
}

function LiveMessage({ entry, conversation, seenLine, open, row, delivery }: LiveMessageProps) {
  const { account } = useSession();
  const { met, active, ...watch } = useAttention();
  const actions = useMessageActions({ entry, conversation, open });
  const { reactions } = actions;
  return (
    <MessageRow
      {...row}
      {...watch}
      active={active}
      delivery={delivery}
      deliveredTo={
        delivery && conversation.kind === 'group' && <GotBy conversation={conversation} seq={entry.rev} />
      }
      toolbar={met && <MessageTools actions={actions} />}
      onActions={() => {
        open({ kind: 'actions', entry });
      }}
      reactions={
        reactions.length > 0 && (
          <Reactions
            focusable={active}
            choices={actions.choices}
            onToggle={actions.mayReact ? actions.react : undefined}
            reactions={reactions.map(({ emoji, userIds }) => ({
              emoji,
              count: userIds.length,
              own: userIds.includes(account.id),
              who: <NameList userIds={userIds} />,
            }))}
          />
        )
      }
      seen={
        seenLine && (
          <SeenBy
            conversation={conversation}
            seq={entry.rev}
            focusable={active}
            onPress={() => {
              open({ kind: 'seen', entry });
            }}
          />
        )
      }
    >
      <MessageText
        text={entry.text}
        focusable={active}
        onEdited={
          entry.textRev === undefined
            ? undefined
            : () => {
                open({ kind: 'history', entry });
              }
        }
      />
    </MessageRow>
  );
}

/**
 * Whether somebody turned to a row, by pointer or keyboard. Its toolbar is made then and stays: made with every row,
 * it would cost more than the row.
 */
function useAttention() {
  const [met, setMet] = useState(false);
  const [active, setActive] = useState(false);
  return {
    met,
    active,
    // Not `onPointerEnter`: React leaves that one out when a dialog under the pointer goes and the row is there instead.
    onPointerOver: () => {
      setMet(true);
    },
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      setMet(true);
      // A click gives the focus too, and wants no toolbar to stay behind.
      if (target.matches(':focus-visible')) setActive(true);
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (!currentTarget.contains(relatedTarget)) setActive(false);
    },
  };
}

interface OfMessage {
  conversation: ConversationInfo;
  seq: number;
}

/** Null while it is not known. */
function useRecipients({ conversation, seq }: OfMessage): Recipients | null {
  const { account } = useSession();
  const watermarks = useStore(useWatermarks(conversation));
  return watermarks && recipientsOf(watermarks, account.id, seq);
}

const nobody: readonly string[] = [];

/** "Read by bob. Delivered to noor." */
function GotBy(message: OfMessage) {
  const recipients = useRecipients(message);
  return text.message.gotBy(useNames(recipients?.read ?? nobody), useNames(recipients?.delivered ?? nobody));
}

function SeenBy({ focusable, onPress, ...message }: OfMessage & { focusable: boolean; onPress: () => void }) {
  const { people } = useSession();
  const recipients = useRecipients(message);
  const read = recipients?.read ?? nobody;
  const names = useNames(read, 2);
  return (
    <SeenLine
      focusable={focusable}
      onPress={onPress}
      text={recipients && seenText(recipients, names)}
      people={read.slice(0, 4).map((id) => ({ id, name: people.of(id).get()?.name ?? '', kind: 'person' }))}
    />
  );
}

function seenText({ read, delivered, sent }: Recipients, names: string): string {
  if (read.length === 0) return text.message.notSeen;
  const isAll = delivered.length + sent.length === 0;
  return isAll && read.length > 1 ? text.message.seenByAll : text.message.seenByNames(names);
}
