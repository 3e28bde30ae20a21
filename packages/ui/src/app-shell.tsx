'use client';
import { useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { lazy } from './lazy.tsx';
import { uiText } from './text.ts';
import type { DetailsPane } from './use-details-pane.ts';
import { useMedia } from './use-media.ts';

const DetailsSlideOver = lazy(async () => (await import('./details-slide-over.tsx')).DetailsSlideOver);

export interface AppShellProps {
  /** A `SideBar`. */
  side: ReactNode;
  /** What the side lists; on a phone it is the page's heading. Default "Conversations". */
  sideLabel?: string | undefined;
  /** What the main pane shows, from `PaneHeader` down; its parts are laid out as a column. */
  children: ReactNode;
  /** Which one a phone shows: the list (side) or the main pane. */
  phonePane: 'side' | 'main';
  /** The details of the open conversation: `DetailsHeader`, then `DetailsBody`. Needs `detailsPane`. */
  details?: ReactNode;
  /** From `useDetailsPane()`. */
  detailsPane?: DetailsPane | undefined;
}

/**
 * The frame of the app, as high as the window: three panes from 1024 px, two from 768, one below. Only the panes scroll.
 */
export function AppShell(props: AppShellProps) {
  const { side, sideLabel = uiText.conversations, children, phonePane, details, detailsPane } = props;
  // A phone that shows the list has no other main pane.
  const sideIsMain = useMedia('(max-width: 767.98px)', false) && phonePane === 'side';
  const column = Boolean(details) && detailsPane?.wide === true && detailsPane.open;
  return (
    <div
      className={classNames(
        'grid h-dvh grid-cols-1 overflow-hidden md:grid-cols-[var(--side)_minmax(0,1fr)]',
        column && 'lg:grid-cols-[var(--side)_minmax(0,1fr)_var(--details)]',
      )}
    >
      <SkipLink />
      <div
        aria-label={sideLabel}
        role={sideIsMain ? 'main' : 'complementary'}
        {...(sideIsMain && { id: mainId, tabIndex: -1 })}
        className={classNames(
          'flex min-h-0 min-w-0 flex-col bg-paper md:border-e md:border-line md:bg-side',
          '[--ring:var(--color-paper)] md:[--hover:var(--color-side-hover)] md:[--ring:var(--color-side)]',
          phonePane === 'main' && 'max-md:hidden',
        )}
      >
        {sideIsMain && <h1 className="sr-only">{sideLabel}</h1>}
        {side}
      </div>
      <main
        {...(!sideIsMain && { id: mainId, tabIndex: -1 })}
        className={classNames(
          'relative flex min-h-0 min-w-0 flex-col bg-paper -outline-offset-2!',
          phonePane === 'side' && 'max-md:hidden',
        )}
      >
        {children}
      </main>
      {column && (
        <aside
          aria-label={uiText.details}
          className="flex min-h-0 flex-col border-s border-line max-lg:hidden"
        >
          {details}
        </aside>
      )}
      {Boolean(details) && detailsPane && !detailsPane.wide && (
        <OnceOpened open={detailsPane.open}>
          <DetailsSlideOver pane={detailsPane}>{details}</DetailsSlideOver>
        </OnceOpened>
      )}
    </div>
  );
}

const mainId = 'main';

/** Past the list, which may be long: the first stop, seen once it has the focus. */
function SkipLink() {
  return (
    <a
      href={`#${mainId}`}
      onClick={(event) => {
        // Another fragment would be another entry of the browser's history.
        event.preventDefault();
        document.getElementById(mainId)?.focus();
      }}
      className="absolute start-3 top-2 z-(--z-toast) flex h-10 -translate-y-16 items-center rounded-md bg-fill px-4 text-sm font-medium text-on-fill focus:translate-y-0"
    >
      {uiText.skip}
    </a>
  );
}

/** Nothing until it is opened for the first time; from then on there, so that it can also be seen to close. */
function OnceOpened({ open, children }: { open: boolean; children: ReactNode }) {
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return opened && children;
}
