'use client';
import type { ComponentProps, ReactNode } from 'react';
import { Avatar } from './avatar.tsx';
import { classNames } from './class-names.ts';
import { DeliveryMark, type Delivery } from './delivery-mark.tsx';
import { messageColumns } from './message-columns.ts';
import { MessageFailure, MessageNotice } from './message-notice.tsx';
import { uiText } from './text.ts';
import { useLongPress } from './use-long-press.ts';

export interface MessageRowProps extends Omit<ComponentProps<'div'>, 'className' | 'role' | 'tabIndex'> {
  sender: { id: string; name: string };
  /** As shown ("11:42"), its ISO date and time, and the absolute time for the hover. */
  time: { text: string; iso: string; title?: string | undefined };
  /** The body: `MessageText`, `DeletedText` or `MessageEditor`. */
  children: ReactNode;
  /** First of its group: with avatar and name. Default true. */
  first?: boolean | undefined;
  /** Last of its group: closes the plate. Default true. */
  last?: boolean | undefined;
  /** One's own: on a tinted plate. */
  own?: boolean | undefined;
  /** One's own only. `unconfirmed` adds its line by itself; for `failed` give `failure`. */
  delivery?: Delivery | undefined;
  /** Who got it, in words; on hover and focus of the mark. */
  deliveredTo?: ReactNode;
  /** A grey line under the text ("Waiting for the connection"); what draws nothing takes no room. */
  notice?: ReactNode;
  /** Why the server refused it, and what can be done. */
  failure?:
    | {
        reason: string;
        onRetry?: (() => void) | undefined;
        onEdit?: (() => void) | undefined;
        onDelete?: (() => void) | undefined;
      }
    | undefined;
  /** Came here by its link: lit, fading. */
  highlighted?: boolean | undefined;
  /** Holds the keyboard's focus, or something in it does: Tab goes on to what is in it, and the toolbar stays. */
  active?: boolean | undefined;
  /** `MessageToolbar`, shown on hover and focus. */
  toolbar?: ReactNode;
  /** `Reactions`, under the text. */
  reactions?: ReactNode;
  /** `SeenLine`, under everything. */
  seen?: ReactNode;
  /** What a press on the sender does: opens their card. */
  onSender?: (() => void) | undefined;
  /** Opens the sheet of actions: by a long press, and by a button that only screen readers on touch meet. */
  onActions?: (() => void) | undefined;
}

function rowClass(props: MessageRowProps): string {
  const { first = true, last = true, own = false, highlighted = false } = props;
  return classNames(
    messageColumns,
    'group/row relative -outline-offset-2!',
    props.onActions && 'pointer-coarse:select-none',
    first ? 'mt-1 rounded-t-md pt-2' : 'pt-0.5',
    last ? 'rounded-b-md pb-2' : 'pb-0.5',
    own ? 'bg-own hover:bg-own-hover' : 'hover:rounded-md hover:bg-hover',
    highlighted && 'animate-highlight',
  );
}

/** Kept its place for, and shown while somebody turns to the row. */
const onAttention =
  'opacity-0 group-hover/row:opacity-100 group-focus-visible/row:opacity-100 group-has-focus-visible/row:opacity-100';

/** Before the time, which keeps its edge. */
const aside = classNames('order-first', onAttention);

/** Of a run of one's own messages, the last one's mark speaks for all, unless there is something to do or to wait for. */
const settled: ReadonlySet<Delivery> = new Set(['sent', 'delivered', 'read']);

function Time({ time, className }: { time: MessageRowProps['time']; className: string }) {
  return (
    <time dateTime={time.iso} title={time.title} className={className}>
      {time.text}
    </time>
  );
}

const senderName = 'min-w-0 truncate font-bold tracking-[-0.003em]';

function SenderName({
  name,
  onPress,
  focusable,
}: {
  name: string;
  onPress: (() => void) | undefined;
  focusable: boolean;
}) {
  if (!onPress) return <bdi className={senderName}>{name}</bdi>;
  return (
    <button
      type="button"
      tabIndex={focusable ? 0 : -1}
      onClick={onPress}
      className={classNames(senderName, '-my-px rounded-sm py-px hover:underline hover:underline-offset-3')}
    >
      <bdi>{name}</bdi>
    </button>
  );
}

/** One message, one's own or another's: the same three columns. Everything else is passed on to the element. */
export function MessageRow(props: MessageRowProps) {
  const {
    sender,
    time,
    children,
    first = true,
    last = true,
    own,
    delivery,
    deliveredTo,
    notice,
    failure,
    highlighted,
  } = props;
  const { active = false, toolbar, reactions, seen, onActions, onSender, ...rest } = without(props);
  const longPress = useLongPress(onActions);
  return (
    <div
      {...rest}
      {...longPress}
      role="article"
      tabIndex={active ? 0 : -1}
      data-active={active || undefined}
      aria-label={uiText.messageLabel(sender.name, time.title ?? time.text)}
      className={rowClass({ sender, time, children, first, last, own, highlighted })}
    >
      {first && (
        <>
          {/* For the pointer; the name says and does the same. */}
          <span
            onClick={onSender}
            className={classNames('row-span-9 row-start-1 mt-0.5 self-start', onSender && 'cursor-pointer')}
          >
            <Avatar id={sender.id} name={sender.name} kind="person" size="gutter" />
          </span>
          <div className="col-start-2 flex h-[22px] min-w-0 items-baseline gap-2 max-md:-me-[calc(var(--rail)+10px)]">
            <SenderName name={sender.name} onPress={onSender} focusable={active} />
            <Time time={time} className="ms-auto hidden text-xs text-ink-3 max-md:inline" />
          </div>
        </>
      )}
      <div className={classNames('col-start-2 min-w-0', !first && 'row-start-1')}>
        {children}
        {reactions}
      </div>
      <div
        className={classNames(
          'col-start-3 flex h-(--leading-md) items-center justify-end gap-1 text-xs leading-md text-ink-3',
          first ? 'row-start-1 max-md:row-start-2' : 'row-start-1',
        )}
      >
        <Time time={time} className={classNames('max-md:hidden', !first && onAttention)} />
        {delivery && (
          <span className={classNames('flex', !last && settled.has(delivery) && aside)}>
            <DeliveryMark delivery={delivery} who={deliveredTo} focusable={active} />
          </span>
        )}
      </div>
      {delivery === 'unconfirmed' && <MessageNotice tone="warn">{uiText.unconfirmed}</MessageNotice>}
      {notice && <MessageNotice>{notice}</MessageNotice>}
      {failure && <MessageFailure {...failure} />}
      {seen}
      {toolbar}
      {onActions && (
        <button type="button" tabIndex={-1} onClick={onActions} className="sr-only pointer-fine:hidden">
          {uiText.messageActions}
        </button>
      )}
    </div>
  );
}

/** Takes out what the row itself draws, so that the rest can go to the element. */
function without(props: MessageRowProps) {
  const {
    sender,
    time,
    children,
    first,
    last,
    own,
    delivery,
    deliveredTo,
    notice,
    failure,
    highlighted,
    ...rest
  } = props;
  return rest;
}
