import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { messageColumns } from './message-columns.ts';
import { uiText } from './text.ts';

function Rule({ children, accent = false }: { children: ReactNode; accent?: boolean }) {
  return (
    <div role="separator" className={classNames(messageColumns, 'h-11 items-center pt-3')}>
      <span
        className={classNames(
          'col-start-2 -col-end-1 flex items-center gap-3 text-sm font-medium whitespace-nowrap',
          "after:h-px after:flex-1 after:content-['']",
          accent ? 'text-accent after:bg-accent after:opacity-45' : 'text-ink-2 after:bg-line',
        )}
      >
        {children}
      </span>
    </div>
  );
}

/** Between two local days: "Today", "Wednesday, 12 November". */
export function DateSeparator({ iso, children }: { iso: string; children: string }) {
  return (
    <Rule>
      <time dateTime={iso}>{children}</time>
    </Rule>
  );
}

/** Before the first unread message; stays put during the visit. */
export function NewDivider({ children = uiText.newMessages }: { children?: string | undefined }) {
  return <Rule accent>{children}</Rule>;
}

/** Something that happened here, in grey: "cleo added noor and farid, 10:02". */
export function SystemLine({ children }: { children: ReactNode }) {
  return (
    <div className={classNames(messageColumns, 'min-h-7 items-center text-sm text-ink-3')}>
      <span className="col-start-2 -col-end-1 wrap-anywhere">{children}</span>
    </div>
  );
}
