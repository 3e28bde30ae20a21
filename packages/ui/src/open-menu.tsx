'use client';
import { DropdownMenu } from 'radix-ui';
import { Existing } from './existing.ts';
import { keepTakenFocus } from './keep-taken-focus.ts';
import { focusFirst, MenuContent, type MenuContentProps } from './menu-content.tsx';
import type { OpenedMenu } from './use-menu-trigger.ts';

/** What a `Menu` shows once it was opened. */
export function OpenMenu(props: OpenedMenu & Pick<MenuContentProps, 'items' | 'align'>) {
  const { id, triggerId, trigger, open, byKeyboard, onOpenChange, items, align } = props;
  return (
    // Not modal: a modal menu hides the page from screen readers, with the focus still in it.
    <DropdownMenu.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <DropdownMenu.Trigger asChild>
        <Existing element={trigger} />
      </DropdownMenu.Trigger>
      <MenuContent
        id={id}
        aria-labelledby={triggerId}
        items={items}
        align={align}
        onFocus={byKeyboard ? focusFirst : undefined}
        onCloseAutoFocus={keepTakenFocus}
      />
    </DropdownMenu.Root>
  );
}
