'use client';
import { DropdownMenu } from 'radix-ui';
import type { MenuAtProps } from './menu-at.tsx';
import { focusFirst, MenuContent } from './menu-content.tsx';

/** What `MenuAt` shows. */
export function OpenMenuAt({ label, items, at, from, byKeyboard, onClose }: MenuAtProps) {
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
