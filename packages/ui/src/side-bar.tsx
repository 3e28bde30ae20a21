import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { Brand } from './brand-mark.tsx';
import { classNames } from './class-names.ts';

export interface SideBarProps {
  /** Right of the brand: one icon button ("New conversation") or its menu. */
  action?: ReactNode;
  /** Under the brand, full width: a `FindField`. */
  find?: ReactNode;
  /** `SideTabs`. */
  tabs?: ReactNode;
  /** The rows, as `<li>` elements: `ConversationRow`, `PersonRow`, … or a skeleton or an empty state. */
  children: ReactNode;
  /** The scrolling list, for restoring its position. */
  listRef?: Ref<HTMLDivElement> | undefined;
  /** `AccountBar`; not on the phone. */
  account?: ReactNode;
  /** `TabBar`; only on the phone. */
  tabBar?: ReactNode;
}

/** The side pane from the brand down to the account. */
export function SideBar({ action, find, tabs, children, listRef, account, tabBar }: SideBarProps) {
  return (
    <>
      <div className="flex h-(--bar) flex-none items-center gap-3 ps-4 pe-3">
        <Brand />
        {action}
      </div>
      {find && <div className="flex-none px-3">{find}</div>}
      {tabs}
      <div
        ref={listRef}
        // Takes the focus where no row can.
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pt-1 pb-2 max-md:pt-3"
      >
        {children}
      </div>
      {account}
      {tabBar}
    </>
  );
}

/** A sentence where rows would be: "Your conversations will be listed here." */
export function SideNote({ children }: { children: ReactNode }) {
  return <p className="px-3 py-4 text-sm text-ink-3">{children}</p>;
}

/** Up and down go from row to row; those that are not drawn are drawn as one comes near. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('li > :is(a, button):first-child')];
  const here = event.target.closest('li');
  const next = rows[rows.findIndex((row) => row.parentElement === here) + step];
  event.preventDefault();
  next?.focus();
}

/** The heading of a part of the list, 32 px; as `<li>`. */
export function RowHeading({ children, quiet = false }: { children: string; quiet?: boolean | undefined }) {
  return (
    <li className="flex h-8 flex-none items-end px-2 pb-1">
      <h2 className={classNames('text-xs font-bold', quiet ? 'text-ink-3' : 'text-ink')}>{children}</h2>
    </li>
  );
}

/** The list of rows; `label` says of what. */
export function RowList({
  label,
  listRef,
  children,
}: {
  label: string;
  listRef?: Ref<HTMLUListElement> | undefined;
  children: ReactNode;
}) {
  return (
    <ul ref={listRef} aria-label={label} onKeyDown={moveBetweenRows} className="flex flex-col">
      {children}
    </ul>
  );
}

/** The frame of every row in the side bar: 56 px, phone 64; the current one is a piece of paper. */
export function rowClass(current: boolean): string {
  return classNames(
    'grid h-14 w-full grid-cols-[40px_minmax(0,1fr)] items-center gap-x-3 rounded-md px-2 text-start transition-colors -outline-offset-2! max-md:h-16',
    current
      ? 'bg-selected shadow-[0_0_0_1px_var(--color-selected-edge)] [--ring:var(--color-selected)]'
      : 'hover:bg-(--hover,var(--color-hover)) hover:[--ring:var(--hover,var(--color-hover))]',
  );
}
