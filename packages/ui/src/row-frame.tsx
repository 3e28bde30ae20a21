'use client';
import { Ellipsis } from 'lucide-react';
import { useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { useLongPress } from './use-long-press.ts';

/** How a row's menu was asked for. */
export interface MenuOpening {
  /** Null for a finger: that wants a sheet. */
  at: { x: number; y: number } | null;
  byKeyboard: boolean;
  /** Gets the focus back. */
  from: HTMLElement;
}

export interface RowMenuOf {
  label: string;
  onOpen: (opening: MenuOpening) => void;
}

interface RowFrameProps {
  menu: RowMenuOf | undefined;
  children: ReactNode;
}

/** Under a button, or at its right edge where the pointer is unknown (the keyboard's menu key). */
const below = (element: Element) => {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
};

function RowMenuButton({ menu }: { menu: RowMenuOf }) {
  return (
    <button
      type="button"
      // The row is one stop: the right arrow goes on to this.
      tabIndex={-1}
      aria-haspopup="menu"
      aria-label={menu.label}
      onClick={({ currentTarget, detail }) => {
        menu.onOpen({ at: below(currentTarget), from: currentTarget, byKeyboard: detail === 0 });
      }}
      className="absolute end-1.5 top-1 grid size-7 place-items-center rounded-sm text-ink-2 opacity-0 group-focus-within/conversation:opacity-100 group-hover/conversation:opacity-100 hover:bg-well-2 hover:text-ink max-md:top-2 pointer-coarse:sr-only"
    >
      <Ellipsis size={16} aria-hidden />
    </button>
  );
}

/** The row's link is one stop for Tab; the right arrow leads to the button of its menu, the left one back. */
function moveInRow(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const wanted = { ArrowRight: 'button', ArrowLeft: 'a' }[event.key];
  if (wanted !== undefined) event.currentTarget.querySelector<HTMLElement>(wanted)?.focus();
}

/** Around the row: the ways to its menu. */
export function RowFrame({ menu, children }: RowFrameProps) {
  const item = useRef<HTMLLIElement>(null);
  const link = () => item.current?.querySelector('a') ?? null;
  useLayoutEffect(() => {
    const element = item.current;
    return () => {
      // A row that goes, with the focus in it, leaves that to the list around it.
      if (element?.contains(document.activeElement) !== true) return;
      element.closest<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
    };
  }, []);
  const longPress = useLongPress(
    menu &&
      (() => {
        const from = link();
        if (from) menu.onOpen({ at: null, from, byKeyboard: false });
      }),
    { onControls: true },
  );
  function onContextMenu(event: MouseEvent) {
    longPress.onContextMenu?.(event);
    const from = link();
    if (!menu || !from || event.defaultPrevented) return;
    event.preventDefault();
    const { button, clientX: x, clientY: y } = event;
    // The keyboard's menu key has no button, and no place.
    const byKeyboard = button !== 2;
    menu.onOpen({ at: byKeyboard ? below(from) : { x, y }, from, byKeyboard });
  }
  return (
    <li
      ref={item}
      {...longPress}
      onContextMenu={onContextMenu}
      onKeyDown={moveInRow}
      className="group/conversation relative pointer-coarse:select-none pointer-coarse:[-webkit-touch-callout:none] pointer-coarse:[&_a]:[-webkit-user-drag:none]"
    >
      {children}
      {menu && <RowMenuButton menu={menu} />}
    </li>
  );
}
