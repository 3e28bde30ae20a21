'use client';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { uiText } from './text.ts';
import type { DetailsPane } from './use-details-pane.ts';
import { useReturnFocus } from './use-return-focus.ts';

/** The pane itself, not its cross: the tooltip of a button that nobody touched would open with it. */
function focusPane(event: Event) {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** The details over the chat, where they have no column of their own. */
export function DetailsSlideOver({ pane, children }: { pane: DetailsPane; children: ReactNode }) {
  const focus = useReturnFocus(focusPane);
  return (
    <Dialog.Root open={pane.open} onOpenChange={(open) => !open && pane.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-(--z-dialog) animate-fade-in bg-(--scrim)" />
        <Dialog.Content
          aria-describedby={undefined}
          {...focus}
          className="fixed inset-y-0 end-0 z-(--z-dialog) flex w-full flex-col bg-paper shadow-3 outline-hidden data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in md:w-80"
        >
          <Dialog.Title className="sr-only">{uiText.details}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
