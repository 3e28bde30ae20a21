/** Gutter, text, rail: the three columns of messages, separators and the typing line. */
export const messageColumns =
  'grid grid-cols-[var(--gutter)_minmax(0,1fr)_var(--rail)] gap-x-3 px-3 max-md:gap-x-2.5 max-md:px-2';
