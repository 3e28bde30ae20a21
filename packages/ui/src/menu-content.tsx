'use client';
import { DropdownMenu } from 'radix-ui';
import type { FocusEvent } from 'react';
import { classNames } from './class-names.ts';
import type { MenuItem } from './menu.tsx';

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

/**
 * From the menu as a whole, when it opens, to its first entry. For the keyboard: Radix would know of it had it been there
 * when the key was pressed.
 */
export function focusFirst({ target, currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void {
  // The pointer gives the focus back to the whole when it leaves an entry.
  if (target !== currentTarget || currentTarget.contains(relatedTarget)) return;
  currentTarget.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
}

export interface MenuContentProps {
  /** Of the element, for the button that opened it; Radix has its own by default. */
  id?: string | undefined;
  'aria-labelledby'?: string | undefined;
  items: readonly MenuItem[];
  align: 'start' | 'center' | 'end';
  onCloseAutoFocus: (event: Event) => void;
  onFocus?: ((event: FocusEvent<HTMLElement>) => void) | undefined;
}

/** The entries, within a `DropdownMenu.Root`. */
export function MenuContent({ items, ...content }: MenuContentProps) {
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
