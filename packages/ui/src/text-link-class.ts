/** A link or a button inside a sentence. Apart from its component, because server components use it too. */
export const textLinkClass =
  'rounded-sm text-accent underline decoration-accent/40 decoration-1 underline-offset-3 hover:decoration-current';
