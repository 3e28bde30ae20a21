'use client';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { keepTakenFocus } from './keep-taken-focus.ts';
import { uiText } from './text.ts';
import type { DetailsPane } from './use-details-pane.ts';
import { useMedia } from './use-media.ts';

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
      <div
        aria-label={sideLabel}
        role={sideIsMain ? 'main' : 'complementary'}
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
        className={classNames(
          'relative flex min-h-0 min-w-0 flex-col bg-paper',
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
        <DetailsSlideOver pane={detailsPane}>{details}</DetailsSlideOver>
      )}
    </div>
  );
}

/** The pane itself, not its cross: the tooltip of a button that nobody touched would open with it. */
function focusPane(event: Event) {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

function DetailsSlideOver({ pane, children }: { pane: DetailsPane; children: ReactNode }) {
  return (
    <Dialog.Root open={pane.open} onOpenChange={(open) => !open && pane.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-(--z-dialog) animate-fade-in bg-(--scrim)" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusPane}
          onCloseAutoFocus={keepTakenFocus}
          className="fixed inset-y-0 end-0 z-(--z-dialog) flex w-full flex-col bg-paper shadow-3 outline-hidden data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in md:w-80"
        >
          <Dialog.Title className="sr-only">{uiText.details}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
