'use client';
import { DropdownMenu } from 'radix-ui';
import type { FocusEvent, ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { keepTakenFocus } from './keep-taken-focus.ts';

/** An entry of a menu; `separator` draws a line. */
export type MenuItem =
  | {
      label: string;
      /** 16 px. */
      icon?: ReactNode;
      onSelect: () => void;
      /** The key that does the same, shown at the end. */
      shortcut?: string | undefined;
      /** Red: takes something away. */
      danger?: boolean | undefined;
      disabled?: boolean | undefined;
    }
  | 'separator';

export interface MenuProps {
  /** One element that opens the menu: an `IconButton` with `tooltip={false}`, a `Button`. */
  trigger: ReactElement;
  items: readonly MenuItem[];
  /** Default `end`: right edges meet. */
  align?: 'start' | 'center' | 'end' | undefined;
}

function Item({ item }: { item: Exclude<MenuItem, 'separator'> }) {
  return (
    <DropdownMenu.Item
      disabled={item.disabled ?? false}
      onSelect={item.onSelect}
      className={classNames(
        'flex h-[34px] cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm outline-hidden select-none data-disabled:cursor-not-allowed data-disabled:text-ink-off pointer-coarse:h-11',
        item.danger
          ? 'text-danger data-highlighted:bg-danger-soft'
          : '[&>svg]:text-ink-3 data-disabled:[&>svg]:text-ink-off data-highlighted:bg-raised-hover',
      )}
    >
      {item.icon}
      {item.label}
      {item.shortcut !== undefined && <span className="ms-auto text-xs text-ink-3">{item.shortcut}</span>}
    </DropdownMenu.Item>
  );
}

/** From the menu as a whole to its first entry. */
function focusFirst({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (target === currentTarget) currentTarget.querySelector<HTMLElement>('[role=menuitem]')?.focus();
}

interface MenuContentProps {
  items: readonly MenuItem[];
  align: 'start' | 'center' | 'end';
  onCloseAutoFocus: (event: Event) => void;
  onFocus?: ((event: FocusEvent<HTMLElement>) => void) | undefined;
}

function MenuContent({ items, ...content }: MenuContentProps) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        {...content}
        sideOffset={4}
        collisionPadding={8}
        className="z-(--z-toast) max-h-(--radix-dropdown-menu-content-available-height) w-56 animate-float-in overflow-y-auto rounded-lg bg-raised p-1 shadow-[0_0_0_1px_var(--edge),var(--shadow-2)]"
      >
        {items.map((item, index) =>
          item === 'separator' ? (
            <DropdownMenu.Separator key={index} className="mx-2.5 my-1 h-px bg-line" />
          ) : (
            <Item key={item.label} item={item} />
          ),
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}

/** A menu under its trigger. */
export function Menu({ trigger, items, align = 'end' }: MenuProps) {
  return (
    // Not modal: a modal menu hides the page from screen readers, with the focus still in it.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <MenuContent items={items} align={align} onCloseAutoFocus={keepTakenFocus} />
    </DropdownMenu.Root>
  );
}

export interface MenuAtProps {
  /** What the menu is for; said, not shown. */
  label: string;
  items: readonly MenuItem[];
  /** Pixels from the window's top left corner. */
  at: { x: number; y: number };
  /** Gets the focus back. */
  from: HTMLElement;
  /** By the keyboard: the first entry has the focus. */
  byKeyboard: boolean;
  onClose: () => void;
}

/** A menu at a point: where the right button was pressed, or at the button that many rows have in common. */
export function MenuAt({ label, items, at, from, byKeyboard, onClose }: MenuAtProps) {
  return (
    <DropdownMenu.Root
      open
      modal={false}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <DropdownMenu.Trigger asChild>
        <span
          aria-hidden
          className="pointer-events-none fixed size-px overflow-hidden opacity-0"
          style={{ left: at.x, top: at.y }}
        >
          {label}
        </span>
      </DropdownMenu.Trigger>
      <MenuContent
        items={items}
        align="start"
        // Radix would know of the keyboard had it been there when the key was pressed.
        onFocus={byKeyboard ? focusFirst : undefined}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          const { activeElement } = document;
          // Not where a dialog that the menu opened has it already.
          if (activeElement === null || activeElement === document.body) from.focus();
        }}
      />
    </DropdownMenu.Root>
  );
}
