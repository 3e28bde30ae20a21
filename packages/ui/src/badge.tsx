import { classNames } from './class-names.ts';

export interface BadgeProps {
  /** Nothing is drawn at 0; above 99 it says "99+". */
  count: number;
  /** Grey, for what is muted. */
  quiet?: boolean | undefined;
  /** Puts an "@" in front: one was mentioned. */
  mention?: boolean | undefined;
}

/** A count. Hidden from screen readers: the row says it in words. */
export function Badge({ count, quiet = false, mention = false }: BadgeProps) {
  if (count <= 0) return null;
  return (
    <span
      aria-hidden
      data-badge
      className={classNames(
        'h-5 min-w-5 flex-none rounded-full px-1.5 text-center text-xs leading-5 font-bold tabular-nums',
        quiet ? 'bg-well-2 text-ink-2' : 'bg-fill text-on-fill',
      )}
    >
      {mention && '@ '}
      {count > 99 ? '99+' : count}
    </span>
  );
}
