import type { KeyboardEvent } from 'react';

const rowSelector = '[role=article]';

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(rowSelector)];
}

/** The lowest row that is whole in view. */
function lowestInView(list: HTMLElement): HTMLElement | undefined {
  const { bottom } = list.getBoundingClientRect();
  return rowsOf(list).findLast((row) => row.getBoundingClientRect().bottom <= bottom + 1);
}

/**
 * The list of messages is one stop for Tab: arrows go from it into the rows and from row to row, Tab goes on into the
 * row's toolbar, Escape back to the composer.
 */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>, toComposer: () => void): void {
  const list = event.currentTarget;
  const { target, key } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || !(target instanceof HTMLElement)) return;
  // What a menu or a dialog hears bubbles through React, from elsewhere in the page.
  if (!list.contains(target)) return;
  const row = target.closest<HTMLElement>(rowSelector);
  if (key === 'Escape' && row) {
    toComposer();
    return;
  }
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (step === undefined) return;
  const rows = rowsOf(list);
  const next = row ? rows[rows.indexOf(row) + step] : lowestInView(list);
  event.preventDefault();
  next?.focus();
}
