'use client';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { emojiClass } from './emoji-class.ts';
import type { EmojiChoice } from './emoji-menu.tsx';
import { keepTakenFocus } from './keep-taken-focus.ts';
import type { MenuItem } from './menu.tsx';

export interface ActionSheetProps {
  /** What the actions are for; said, not shown. */
  label: string;
  /** Above the actions: what they are about, in a line or two. */
  about?: ReactNode;
  /** A row of emoji on top; none where one cannot react. */
  choices?: readonly EmojiChoice[] | undefined;
  onChoose?: ((emoji: string, on: boolean) => void) | undefined;
  items: readonly MenuItem[];
  onClose: () => void;
}

/** What touch has instead of the toolbar: a sheet from below. */
export function ActionSheet({ label, about, choices = [], onChoose, items, onClose }: ActionSheetProps) {
  const andClose = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-(--z-dialog) animate-fade-in bg-(--scrim)" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={keepTakenFocus}
          className="fixed inset-x-0 bottom-0 z-(--z-dialog) mx-auto flex max-h-[calc(100dvh-48px)] w-full max-w-120 animate-sheet-in flex-col overflow-y-auto rounded-t-xl bg-raised px-2 pt-2 pb-[max(8px,env(safe-area-inset-bottom))] shadow-[0_0_0_1px_var(--edge),var(--shadow-3)] outline-hidden"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          <span aria-hidden className="mx-auto mb-2 h-1 w-9 flex-none rounded-full bg-line-2" />
          {about && <div className="px-3 pb-2 text-sm text-ink-2">{about}</div>}
          {choices.length > 0 && (
            <div className="flex flex-none justify-between border-b border-line px-1 pb-2">
              {choices.map(({ emoji, label: name, own }) => (
                <button
                  key={emoji}
                  type="button"
                  aria-label={name}
                  aria-pressed={own}
                  onClick={andClose(() => onChoose?.(emoji, !own))}
                  className={emojiClass(own)}
                >
                  {emoji}
                </button>
              ))}
            </div>
          )}
          <ul className="pt-1">
            {items.map((item, index) =>
              item === 'separator' ? (
                <li key={index} aria-hidden className="mx-3 my-1 h-px bg-line" />
              ) : (
                <li key={item.label}>
                  <button
                    type="button"
                    disabled={item.disabled}
                    onClick={andClose(item.onSelect)}
                    className={classNames(
                      'flex h-11 w-full items-center gap-3 rounded-md px-3 text-start',
                      item.danger ? 'text-danger' : '[&>svg]:text-ink-3',
                    )}
                  >
                    {item.icon}
                    {item.label}
                  </button>
                </li>
              ),
            )}
          </ul>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
