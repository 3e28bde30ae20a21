'use client';
import { BellOff, CircleAlert, Pencil, Pin } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar, type AvatarOf } from './avatar.tsx';
import { Badge } from './badge.tsx';
import { classNames } from './class-names.ts';
import { DeliveryMark, type Delivery } from './delivery-mark.tsx';
import { RowFrame, type RowMenuOf } from './row-frame.tsx';
import { rowClass } from './side-bar.tsx';
import { uiText } from './text.ts';
import { useLink } from './ui-provider.tsx';

/** The second line of a row. Precedence, held by the app: failed, typing, draft, last message. */
export type Preview =
  | {
      kind: 'message';
      text: string;
      /** The sender, in groups and rooms. */
      author?: string | undefined;
      /** The mark of one's own last message. */
      delivery?: Delivery | undefined;
    }
  | { kind: 'typing'; text: string }
  | { kind: 'draft'; text: string }
  | { kind: 'failed'; text: string }
  /** A sentence about the conversation, as long as nobody has written. */
  | { kind: 'note'; text: string };

export interface ConversationRowProps {
  href: string;
  avatar: AvatarOf;
  /** The open one. */
  current?: boolean | undefined;
  preview?: Preview | undefined;
  /** As shown ("11:42", "Wed"), with its ISO date and time. */
  time?: { text: string; iso: string } | undefined;
  unread?: number | undefined;
  /** How often one was mentioned among the unread. */
  mentions?: number | undefined;
  muted?: boolean | undefined;
  pinned?: boolean | undefined;
  /** What can be done with the conversation: by the right button, the menu key, a long press, and a button on hover and focus. */
  menu?: RowMenuOf | undefined;
}

/** How much a row asks for: something to read, kept in view, read, muted. */
type Weight = 'unread' | 'pinned' | 'read' | 'muted';

const nameLooks: Record<Weight, string> = {
  unread: 'font-bold',
  pinned: 'font-medium',
  read: 'font-medium text-ink-2',
  muted: 'font-medium text-ink-3',
};
const previewColors: Record<Weight, string> = {
  unread: 'text-ink',
  pinned: 'text-ink-2',
  read: 'text-ink-3',
  muted: 'text-ink-3',
};

function weightOf({
  unread = 0,
  muted = false,
  pinned = false,
  current = false,
}: ConversationRowProps): Weight {
  if (unread > 0 && !muted) return 'unread';
  return pinned || current ? 'pinned' : muted ? 'muted' : 'read';
}

const inlineIcon = 'me-1 inline-block! align-[-2px]';

function PreviewLine({ preview, weight }: { preview: Preview; weight: Weight }) {
  const line = (children: ReactNode, className = previewColors[weight]) => (
    <span dir="auto" className={classNames('min-w-0 flex-1 truncate text-sm', className)}>
      {children}
    </span>
  );
  switch (preview.kind) {
    case 'message':
      return line(
        <>
          {preview.delivery && (
            <span className="[&_svg]:me-1 [&_svg]:size-3.5 [&_svg]:inline-block [&_svg]:align-[-2px]">
              <DeliveryMark delivery={preview.delivery} />
            </span>
          )}
          {preview.author !== undefined && <bdi>{preview.author}: </bdi>}
          {preview.text}
        </>,
      );
    case 'typing':
      return line(preview.text, 'text-accent');
    case 'note':
      return line(preview.text);
    case 'draft':
      return line(
        <>
          <Pencil size={13} aria-hidden className={inlineIcon} />
          <span className="font-medium text-ink">{uiText.draft}</span> {preview.text}
        </>,
      );
    case 'failed':
      return line(
        <>
          <span className="text-danger">
            <CircleAlert size={14} aria-hidden className={inlineIcon} />
            {uiText.notSent}
          </span>{' '}
          {preview.text}
        </>,
      );
  }
}

/** The last thing of the second line: how many are unread, or that it stays on top. */
function RowEnd({ unread = 0, mentions = 0, muted = false, pinned = false }: ConversationRowProps) {
  return (
    <>
      <Badge
        count={mentions > 0 ? mentions : unread}
        mention={mentions > 0}
        quiet={muted && mentions === 0}
      />
      {unread > 0 && <span className="sr-only">{uiText.unread(unread)}</span>}
      {mentions > 0 && <span className="sr-only">{uiText.mentioned(mentions)}</span>}
      {pinned && (
        <>
          {unread === 0 && <Pin size={14} aria-hidden className="text-ink-3" />}
          <span className="sr-only">{uiText.pinned}</span>
        </>
      )}
    </>
  );
}

/** One conversation in the side bar. */
export function ConversationRow(props: ConversationRowProps) {
  const { href, avatar, current = false, preview, time, muted = false, menu } = props;
  const Link = useLink();
  const weight = weightOf(props);
  return (
    <RowFrame menu={menu}>
      <Link
        href={href}
        className={rowClass(current)}
        {...(current ? { 'aria-current': 'page' as const } : {})}
      >
        <Avatar {...avatar} />
        <span className="min-w-0">
          <span className="flex h-5 items-center gap-1.5">
            <bdi className={classNames('min-w-0 truncate leading-5', nameLooks[weight])}>{avatar.name}</bdi>
            {avatar.presence === 'online' && <span className="sr-only">, {uiText.presence.online}</span>}
            {muted && (
              <>
                <BellOff size={14} aria-hidden className="text-ink-3" />
                <span className="sr-only">{uiText.muted}</span>
              </>
            )}
            {time && (
              <time
                dateTime={time.iso}
                className={classNames(
                  'ms-auto flex-none ps-2 text-xs leading-5 text-ink-3',
                  menu &&
                    'pointer-fine:group-focus-within/conversation:opacity-0 pointer-fine:group-hover/conversation:opacity-0',
                )}
              >
                {time.text}
              </time>
            )}
          </span>
          <span className="flex h-5 items-center gap-1.5">
            {preview ? <PreviewLine preview={preview} weight={weight} /> : <span className="flex-1" />}
            <RowEnd {...props} />
          </span>
        </span>
      </Link>
    </RowFrame>
  );
}
