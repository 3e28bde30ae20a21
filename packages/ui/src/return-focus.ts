import { keepTakenFocus } from './keep-taken-focus.ts';

/** Where the focus went last. What is in a menu stands for the menu's button, for it is gone with the menu. */
let last: HTMLElement | null = null;

function lasting(element: HTMLElement): HTMLElement {
  const menu = element.closest('[role=menu]');
  return (menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '')) ?? element;
}

// A server draws no dialog that is open, but loads what could be one.
if (typeof document !== 'undefined') {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) last = lasting(target);
  });
}

/** Who is to get the focus back from what opens now: to be asked before it takes the focus itself. */
export function focusHolder(): HTMLElement | null {
  return last ?? (document.activeElement instanceof HTMLElement ? document.activeElement : null);
}

/**
 * Gives the focus back when something closes, unless a field has taken it meanwhile, as the composer does when a message
 * is to be edited. To what is around the holder where that cannot be focused any more: a toolbar hides with its row.
 */
export function returnFocus(event: Event, holder: HTMLElement | null): void {
  keepTakenFocus(event);
  if (event.defaultPrevented) return;
  event.preventDefault();
  holder?.focus();
  if (document.activeElement !== holder) holder?.parentElement?.closest<HTMLElement>('[tabindex]')?.focus();
}
