import { classNames } from './class-names.ts';

export interface StrengthMeterProps {
  /** Of 4 bars, so many are filled. */
  level: 0 | 1 | 2 | 3 | 4;
  /** Says the same in words: the bars are for the eye alone. */
  text: string;
}

const bars = [1, 2, 3, 4] as const;

/** How good a password is: as the hint of its field, which says it when it changes. */
export function StrengthMeter({ level, text }: StrengthMeterProps) {
  const filled = level >= 3 ? 'bg-ok' : level === 2 ? 'bg-warn' : 'bg-danger';
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="flex gap-1">
        {bars.map((bar) => (
          <span key={bar} className={classNames('h-1 w-6 rounded-full', bar <= level ? filled : 'bg-line')} />
        ))}
      </span>
      {text}
    </span>
  );
}
