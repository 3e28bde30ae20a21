import { classNames } from './class-names.ts';

/** A square with one emoji, outlined once it is one's own. */
export function emojiClass(own: boolean): string {
  return classNames(
    'grid size-9 cursor-pointer place-items-center rounded-md text-[20px] leading-none outline-hidden select-none pointer-coarse:size-10',
    own
      ? 'bg-accent-soft shadow-[inset_0_0_0_1px_var(--color-accent)] data-highlighted:bg-accent-soft-2'
      : 'hover:bg-raised-hover data-highlighted:bg-raised-hover',
  );
}
