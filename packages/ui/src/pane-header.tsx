'use client';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar, type AvatarOf } from './avatar.tsx';
import { classNames } from './class-names.ts';
import { IconLink } from './icon-button.tsx';
import { uiText } from './text.ts';

/** Gutter, text, rest: the columns that header and banner share with the messages. */
export const headerColumns =
  'mx-auto grid w-full max-w-(--column) items-center gap-x-3 ps-3 pe-[3px] max-md:gap-x-0 max-md:ps-0.5 max-md:pe-1.5';

export interface PaneHeaderProps {
  title: string;
  /** What a press on the avatar and the title does: opens the card of somebody. */
  onTitle?: (() => void) | undefined;
  /** "6 members, 4 online", "Last seen at 13:40". */
  subtitle?: string | undefined;
  /** A conversation's; a directory has none. */
  avatar?: AvatarOf | undefined;
  /** Where Back leads on a phone. */
  backHref: string;
  /** Icon buttons, or one button, at the end. */
  actions?: ReactNode;
}

/** The bar over the main pane. Its title is the page's heading. */
export function PaneHeader({ title, onTitle, subtitle, avatar, backHref, actions }: PaneHeaderProps) {
  return (
    <header className="flex h-(--bar) flex-none items-center border-b border-line px-6 max-xl:px-3 max-md:px-0">
      <div
        className={classNames(
          headerColumns,
          avatar
            ? 'grid-cols-[var(--gutter)_minmax(0,1fr)_auto] max-md:grid-cols-[40px_36px_minmax(0,1fr)_auto]'
            : 'grid-cols-[minmax(0,1fr)_auto] pe-3 max-md:grid-cols-[40px_minmax(0,1fr)_auto] max-md:pe-3!',
        )}
      >
        <span className="md:hidden">
          <IconLink href={backHref} label={uiText.back}>
            <ChevronLeft size={22} aria-hidden />
          </IconLink>
        </span>
        {avatar && (
          // For the pointer; the title says and does the same.
          <span onClick={onTitle} className={onTitle && 'cursor-pointer'}>
            <Avatar {...avatar} size={36} />
          </span>
        )}
        <div className={classNames('min-w-0', avatar && 'max-md:ps-2.5')}>
          <h1 className="truncate leading-5 font-bold">
            {onTitle ? (
              <button
                type="button"
                onClick={onTitle}
                className="max-w-full truncate rounded-sm align-top -outline-offset-1! hover:underline hover:underline-offset-3"
              >
                <bdi>{title}</bdi>
              </button>
            ) : (
              <bdi>{title}</bdi>
            )}
          </h1>
          {subtitle && <p className="truncate text-sm leading-[18px] text-ink-3">{subtitle}</p>}
        </div>
        {actions && <div className="flex gap-1">{actions}</div>}
      </div>
    </header>
  );
}
