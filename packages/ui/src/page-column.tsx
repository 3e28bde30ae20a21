import type { ReactNode, Ref } from 'react';

/** The scrolling body of a page in the main pane, on the reading column: a directory, the empty start. */
export function PageColumn({
  children,
  centred = false,
  scrollRef,
}: {
  children: ReactNode;
  centred?: boolean | undefined;
  /** What scrolls. */
  scrollRef?: Ref<HTMLDivElement> | undefined;
}) {
  return (
    <div
      ref={scrollRef}
      className={`min-h-0 flex-1 overflow-y-auto ${centred ? 'grid content-center pb-[6vh]' : ''}`}
    >
      <div className="mx-auto w-full max-w-[calc(var(--column)+48px)] p-6 max-xl:p-3">{children}</div>
    </div>
  );
}

export interface PageTitleProps {
  title: string;
  lead?: string | undefined;
}

/** The one xl heading of a page without a pane header, with a sentence under it. */
export function PageTitle({ title, lead }: PageTitleProps) {
  return (
    <div className="px-3">
      <h1 className="text-xl font-bold tracking-[-0.015em] wrap-anywhere">{title}</h1>
      {lead && <p className="text-ink-2">{lead}</p>}
    </div>
  );
}

/** Sections side by side where there is room for 280 px each. */
export function PageSections({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(280px,100%),1fr))] gap-8 px-3 pt-8">
      {children}
    </div>
  );
}

/** The line over a directory: a search field that takes the rest, and what stands beside it. */
export function PageTools({ children }: { children: ReactNode }) {
  return <div className="flex items-start gap-2 px-3 pb-2 [&>:first-child]:flex-1">{children}</div>;
}
