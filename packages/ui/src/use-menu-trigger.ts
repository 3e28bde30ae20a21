'use client';
import { useId, useState, type KeyboardEvent, type PointerEvent } from 'react';

/** What the menu itself is given, from the first time that it is opened. */
export interface OpenedMenu {
  id: string;
  triggerId: string;
  trigger: HTMLElement;
  open: boolean;
  /** Opened by a key: the first entry has the focus. */
  byKeyboard: boolean;
  onOpenChange: (open: boolean) => void;
}

/**
 * The button's half of a menu, as Radix's `DropdownMenu.Trigger` has it: apart, because a page has many such buttons long
 * before it has a menu, and the menu's half comes when it is asked for. `opened` is null until then.
 */
export function useMenuTrigger() {
  const [id, triggerId] = [useId(), useId()];
  const [open, onOpenChange] = useState(false);
  const [last, setLast] = useState<Pick<OpenedMenu, 'trigger' | 'byKeyboard'> | null>(null);
  const show = (trigger: HTMLElement, byKeyboard: boolean) => {
    setLast({ trigger, byKeyboard });
    onOpenChange(true);
  };
  const opened: OpenedMenu | null = last && { ...last, id, triggerId, open, onOpenChange };
  const triggerProps = {
    id: triggerId,
    'aria-haspopup': 'menu',
    'aria-expanded': open,
    'aria-controls': open ? id : undefined,
    'data-state': open ? 'open' : 'closed',
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 || event.ctrlKey) return;
      if (open) {
        onOpenChange(false);
      } else {
        // The button would take the focus from the menu.
        event.preventDefault();
        show(event.currentTarget, false);
      }
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
      event.preventDefault();
      if (open && event.key !== 'ArrowDown') onOpenChange(false);
      else show(event.currentTarget, true);
    },
  } as const;
  return { opened, triggerProps };
}
