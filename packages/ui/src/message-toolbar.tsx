import type { ReactNode } from 'react';

/**
 * Icon buttons over a row's top edge, left of the rail, so that they hide neither its text nor its time. Shown on hover, in
 * the `active` row and while a menu of it is open; touch has the sheet. Not by `:focus-visible`: between the row's blur and
 * a button's focus neither has it, and a button that is hidden then does not get it.
 */
export function MessageToolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="toolbar"
      aria-label={label}
      className="invisible absolute end-[calc(var(--rail)+20px)] -top-[22px] z-(--z-toolbar) flex rounded-md bg-raised p-0.5 opacity-0 shadow-[0_0_0_1px_var(--color-line-2),var(--shadow-1)] [--hover:var(--color-raised-hover)] group-hover/row:visible group-hover/row:opacity-100 group-data-active/row:visible group-data-active/row:opacity-100 has-data-[state=open]:visible has-data-[state=open]:opacity-100 pointer-coarse:hidden"
    >
      {children}
    </div>
  );
}
