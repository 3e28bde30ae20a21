import type { ReactNode } from 'react';
import { messageColumns } from './message-columns.ts';
import { uiText } from './text.ts';

const bar = 'animate-pulse rounded-[4px] bg-well-2';

/** Invisible for 300 ms (a CSS delay), then there; says "Loading" from the start. */
function Appear({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="animate-appear">
      <span className="sr-only">{uiText.loading}</span>
      {children}
    </div>
  );
}

const widths = [96, 72, 120, 84, 108, 64];
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => widths[index % widths.length] ?? 96);

/** Rows of the side bar while they load. */
export function RowSkeleton({ count = 6 }: { count?: number | undefined }) {
  return (
    <Appear>
      {rows(count).map((width, index) => (
        <div
          key={index}
          className="grid h-14 grid-cols-[40px_minmax(0,1fr)] items-center gap-x-3 px-2 max-md:h-16"
        >
          <span className={`${bar} size-10 rounded-full!`} />
          <span>
            <span className={`${bar} block h-3`} style={{ width }} />
            <span className={`${bar} mt-2.5 block h-3 max-w-full`} style={{ width: width + 84 }} />
          </span>
        </div>
      ))}
    </Appear>
  );
}

/** Messages while a page of them loads. */
export function MessageSkeleton({ count = 3 }: { count?: number | undefined }) {
  return (
    <Appear>
      {rows(count).map((width, index) => (
        <div key={index} className={`${messageColumns} mt-1 py-2`}>
          <span className={`${bar} size-(--gutter) rounded-full!`} />
          <span className="grid gap-2.5 pt-1">
            <span className={`${bar} h-3`} style={{ width }} />
            <span className={`${bar} h-3 w-4/5`} />
            <span className={`${bar} h-3`} style={{ width: `${width / 2}%` }} />
          </span>
        </div>
      ))}
    </Appear>
  );
}

/** The room directory while it loads. */
export function RoomSkeleton({ count = 5 }: { count?: number | undefined }) {
  return (
    <Appear>
      {rows(count).map((width, index) => (
        <div key={index} className="grid h-20 grid-cols-[40px_minmax(0,1fr)] items-center gap-x-3 px-3">
          <span className={`${bar} size-10 rounded-[28%]!`} />
          <span className="grid gap-2">
            <span className={`${bar} h-3`} style={{ width }} />
            <span className={`${bar} h-3 max-w-full`} style={{ width: width * 3 }} />
          </span>
        </div>
      ))}
    </Appear>
  );
}
