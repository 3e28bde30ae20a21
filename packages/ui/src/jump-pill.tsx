'use client';
import { ArrowDown } from 'lucide-react';
import { classNames } from './class-names.ts';
import { uiText } from './text.ts';

export interface JumpPillProps {
  /** New messages below; 0 draws the arrow alone, Infinity says that they are many. */
  count: number;
  onPress: () => void;
}

/** To the end in one press: bottom right of the column, over the composer. Goes into `MessageLog`'s `overlay`. */
export function JumpPill({ count, onPress }: JumpPillProps) {
  return (
    <button
      type="button"
      data-raised
      aria-label={count > 0 ? undefined : uiText.jumpToLatest}
      onClick={onPress}
      className={classNames(
        'absolute end-[max(12px,calc((100%-var(--column))/2))] bottom-2 z-(--z-sticky) inline-flex h-9 animate-float-in items-center gap-2 rounded-full bg-raised text-sm font-medium whitespace-nowrap shadow-[0_0_0_1px_var(--color-line-2),var(--shadow-2)] hover:bg-raised-hover [&>svg]:text-accent',
        count > 0 ? 'ps-3 pe-3.5' : 'w-9 justify-center',
      )}
    >
      <ArrowDown size={16} aria-hidden />
      {count > 0 && uiText.jumpToNew(count)}
    </button>
  );
}
