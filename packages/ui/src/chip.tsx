import type { ReactNode } from 'react';

/** A word about somebody or something, beside its name: "owner", "muted". */
export function Chip({ children, title }: { children: ReactNode; title?: string | undefined }) {
  return (
    <span
      title={title}
      className="flex-none rounded-full bg-well px-2 text-xs leading-5 font-medium whitespace-nowrap text-ink-2"
    >
      {children}
    </span>
  );
}
