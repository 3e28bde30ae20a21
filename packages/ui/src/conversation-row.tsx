'use client';
import { BellOff, CircleAlert, Ellipsis, Pencil, Pin } from 'lucide-react';
import { useRef, type MouseEvent, type ReactNode } from 'react';
import { Avatar, type AvatarOf } from './avatar.tsx';
import { Badge } from './badge.tsx';
import { classNames } from './class-names.ts';
import { DeliveryMark, type Delivery } from './delivery-mark.tsx';
import { rowClass } from './side-bar.tsx';
import { uiText } from './text.ts';
import { useLink } from './ui-provider.tsx';
import { useLongPress } from './use-long-press.ts';

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
  /** What can be done with the conversation: by the right button, a long press, and a button on hover and focus. */
  menu?: { label: string; onOpen: (opening: MenuOpening) => void } | undefined;
}

/** How a row's menu was asked for. */
export interface MenuOpening {
  /** Null for a finger: that wants a sheet. */
  at: { x: number; y: number } | null;
  byKeyboard: boolean;
  /** Gets the focus back. */
  from: HTMLElement;
}

const inlineIcon = 'me-1 inline-block! align-[-2px]';

function PreviewLine({ preview, strong }: { preview: Preview; strong: boolean }) {
  const line = (children: ReactNode, className = strong ? 'text-ink' : 'text-ink-2') => (
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

/** Under a button, or at its right edge where the pointer is unknown (the keyboard's menu key). */
const below = (element: Element) => {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
};

function RowMenuButton({ menu }: { menu: NonNullable<ConversationRowProps['menu']> }) {
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={menu.label}
      onClick={({ currentTarget, detail }) => {
        menu.onOpen({ at: below(currentTarget), from: currentTarget, byKeyboard: detail === 0 });
      }}
      className="absolute end-1.5 top-1 grid size-7 place-items-center rounded-sm text-ink-2 opacity-0 group-focus-within/conversation:opacity-100 group-hover/conversation:opacity-100 hover:bg-well-2 hover:text-ink max-md:top-2 pointer-coarse:sr-only"
    >
      <Ellipsis size={16} aria-hidden />
    </button>
  );
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
  const { href, avatar, current = false, preview, time, unread = 0, muted = false, menu } = props;
  const Link = useLink();
  const strong = unread > 0 && !muted;
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
            <bdi className={classNames('min-w-0 truncate leading-5', strong ? 'font-bold' : 'font-medium')}>
              {avatar.name}
            </bdi>
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
            {preview ? <PreviewLine preview={preview} strong={strong} /> : <span className="flex-1" />}
            <RowEnd {...props} />
          </span>
        </span>
      </Link>
    </RowFrame>
  );
}

/** Around the row: the three ways to its menu. */
function RowFrame({ menu, children }: Pick<ConversationRowProps, 'menu'> & { children: ReactNode }) {
  const item = useRef<HTMLLIElement>(null);
  const link = () => item.current?.querySelector('a') ?? null;
  const longPress = useLongPress(
    menu &&
      (() => {
        const from = link();
        if (from) menu.onOpen({ at: null, from, byKeyboard: false });
      }),
    { onControls: true },
  );
  function onContextMenu(event: MouseEvent) {
    longPress.onContextMenu?.(event);
    const from = link();
    if (!menu || !from || event.defaultPrevented) return;
    event.preventDefault();
    const { button, clientX: x, clientY: y } = event;
    // The keyboard's menu key has no button, and no place.
    const byKeyboard = button !== 2;
    menu.onOpen({ at: byKeyboard ? below(from) : { x, y }, from, byKeyboard });
  }
  return (
    <li
      ref={item}
      {...longPress}
      onContextMenu={onContextMenu}
      className="group/conversation relative pointer-coarse:select-none pointer-coarse:[-webkit-touch-callout:none] pointer-coarse:[&_a]:[-webkit-user-drag:none]"
    >
      {children}
      {menu && <RowMenuButton menu={menu} />}
    </li>
  );
}
