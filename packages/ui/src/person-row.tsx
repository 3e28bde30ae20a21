'use client';
import type { ReactNode } from 'react';
import { Avatar, type AvatarOf } from './avatar.tsx';
import { rowClass } from './side-bar.tsx';
import { uiText } from './text.ts';
import { useLink } from './ui-provider.tsx';

export interface PersonRowProps {
  avatar: AvatarOf;
  /** What they say of themselves, or when they were last seen. */
  detail?: string | undefined;
  /** Instead of an avatar: an `IconTile` ("All rooms"). */
  tile?: ReactNode;
  current?: boolean | undefined;
  /** Where the row leads; without it, `onPress`. */
  href?: string | undefined;
  /** What a press does (open or create the conversation). */
  onPress?: (() => void) | undefined;
}

function RowText({
  avatar,
  detail,
  quiet = false,
}: Pick<PersonRowProps, 'avatar' | 'detail'> & { quiet?: boolean }) {
  return (
    <span className="min-w-0">
      <bdi className="block truncate leading-5 font-medium">{avatar.name}</bdi>
      {avatar.presence && <span className="sr-only">{uiText.presence[avatar.presence]}</span>}
      {detail && (
        <span
          dir="auto"
          className={`block truncate text-start text-sm ${quiet ? 'text-ink-3' : 'text-ink-2'}`}
        >
          {detail}
        </span>
      )}
    </span>
  );
}

/** Somebody (or "All rooms") in the side bar's directory. */
export function PersonRow({ avatar, detail, tile, current = false, href, onPress }: PersonRowProps) {
  const Link = useLink();
  const content = (
    <>
      {tile ?? <Avatar {...avatar} />}
      <RowText avatar={avatar} detail={detail} />
    </>
  );
  return (
    <li>
      {href === undefined ? (
        <button
          type="button"
          aria-current={current || undefined}
          onClick={onPress}
          className={rowClass(current)}
        >
          {content}
        </button>
      ) : (
        <Link
          href={href}
          className={rowClass(current)}
          {...(current ? { 'aria-current': 'page' as const } : {})}
        >
          {content}
        </Link>
      )}
    </li>
  );
}

export interface SuggestionRowProps {
  avatar: AvatarOf;
  detail?: string | undefined;
  /** One button at the end: "Write to", "Join". */
  action: ReactNode;
}

/** Somebody or a room in the empty start, with one thing to do. */
export function SuggestionRow({ avatar, detail, action }: SuggestionRowProps) {
  return (
    <li className="-mx-3 grid h-14 grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-3 rounded-md px-3 hover:bg-hover hover:[--ring:var(--color-hover)]">
      <Avatar {...avatar} />
      <RowText avatar={avatar} detail={detail} quiet />
      {/* An icon button's icon, not its square, stands at the edge. */}
      <span className="has-[>button[aria-label]]:-me-[9px]">{action}</span>
    </li>
  );
}

/** A conversation or somebody, in a line of the details or of a card: leads there. 44 px; as `<li>`. */
export function LinkRow({ avatar, href }: { avatar: AvatarOf; href: string }) {
  const Link = useLink();
  return (
    <li>
      <Link
        href={href}
        className="-mx-2 grid h-11 grid-cols-[32px_minmax(0,1fr)] items-center gap-3 rounded-md px-2 -outline-offset-2! hover:bg-(--hover,var(--color-hover))"
      >
        <Avatar {...avatar} size={32} />
        <bdi className="truncate font-medium">{avatar.name}</bdi>
      </Link>
    </li>
  );
}
