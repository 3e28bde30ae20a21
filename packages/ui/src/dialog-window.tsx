'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode, SubmitEvent } from 'react';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import type { DialogProps } from './dialog.tsx';
import { uiText } from './text.ts';
import { useReturnFocus } from './use-return-focus.ts';

const content = [
  'fixed z-(--z-dialog) flex w-full flex-col overflow-hidden bg-raised shadow-[0_0_0_1px_var(--edge),var(--shadow-3)] outline-hidden',
  '[--field:var(--color-raised)] [--hover:var(--color-raised-hover)] [--ring:var(--color-raised)]',
  'max-md:inset-x-0 max-md:bottom-0 max-md:max-h-[calc(100dvh-48px)] max-md:rounded-t-xl max-md:pb-[env(safe-area-inset-bottom)]',
  'max-md:data-[state=closed]:animate-sheet-out max-md:data-[state=open]:animate-sheet-in',
  'md:inset-0 md:m-auto md:h-fit md:max-h-[calc(100dvh-32px)] md:rounded-xl',
  'md:data-[state=closed]:animate-dialog-out md:data-[state=open]:animate-dialog-in',
].join(' ');

const widths = { md: 'md:max-w-120', confirm: 'md:max-w-100', card: 'md:max-w-90' };

/** What a `Dialog` shows. */
export function DialogWindow(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footnote, footer, size = 'md', onSubmit } = props;
  const confirm = size === 'confirm';
  const focus = useReturnFocus(focusFirstField);
  const body = (
    <>
      <div
        className={classNames(
          'min-h-0 overflow-y-auto px-6 pb-5 max-md:px-4',
          confirm ? 'grid gap-2 pt-2' : 'grid gap-5 pt-4',
        )}
      >
        {description !== undefined && (
          <Radix.Description className="text-ink-2">{description}</Radix.Description>
        )}
        {children}
      </div>
      {footer && (
        <div
          className={classNames(
            'flex flex-none items-center gap-2 px-6 max-md:px-4 max-md:py-3 max-md:[&_button]:h-11',
            confirm ? 'pb-6' : 'border-t border-line py-4',
          )}
        >
          <span className="me-auto min-w-0 text-sm text-ink-3">{footnote}</span>
          {footer}
        </div>
      )}
    </>
  );
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-(--z-dialog) bg-(--scrim) data-[state=closed]:animate-dialog-out data-[state=open]:animate-fade-in" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          {...focus}
          className={classNames(content, widths[size])}
        >
          <div
            className={classNames(
              'flex flex-none items-center justify-between ps-6 max-md:ps-4',
              confirm ? 'pe-6 pt-6' : 'pe-4 pt-5 max-md:pe-2',
            )}
          >
            <Radix.Title className="text-lg font-bold tracking-[-0.012em] wrap-anywhere">{title}</Radix.Title>
            {!confirm && (
              <Radix.Close asChild>
                <IconButton label={uiText.close} tooltip={false}>
                  <X size={18} aria-hidden />
                </IconButton>
              </Radix.Close>
            )}
          </div>
          {onSubmit ? <DialogForm onSubmit={onSubmit}>{body}</DialogForm> : body}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * Into the first field, past the cross. On touch the dialog itself takes the focus, so that no keyboard covers what has just
 * opened. Without a field Radix goes on to the first button.
 */
function focusFirstField(event: Event) {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  const field = dialog.querySelector<HTMLElement>('input:not([type=checkbox]), textarea');
  if (!field) return;
  event.preventDefault();
  if (matchMedia('(pointer: coarse)').matches) dialog.focus();
  else field.focus();
}

function DialogForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      method="post"
      noValidate
      className="flex min-h-0 flex-col"
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        // A form inside the dialog's portal would bubble to a form around the trigger.
        event.stopPropagation();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
