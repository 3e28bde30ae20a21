'use client';
import type { ReactNode } from 'react';
import { textLinkClass } from './text-link-class.ts';
import { useLink } from './ui-provider.tsx';

export interface TextLinkProps {
  href: string;
  children: ReactNode;
  /** Stands alone, at the end of a heading ("All rooms"): heavier, underlined only under the pointer. */
  alone?: boolean | undefined;
}

const aloneClass =
  'inline-flex min-h-6 items-center rounded-sm text-sm font-medium text-accent underline-offset-3 hover:underline pointer-coarse:min-h-9';

/** A link inside a sentence, or alone beside a heading. */
export function TextLink({ href, children, alone = false }: TextLinkProps) {
  const Link = useLink();
  return (
    <Link href={href} className={alone ? aloneClass : textLinkClass}>
      {children}
    </Link>
  );
}

/** The same for what opens something here: "Add people", at the end of a heading. */
export function TextButton({ onPress, children }: { onPress: () => void; children: string }) {
  return (
    <button type="button" onClick={onPress} className={aloneClass}>
      {children}
    </button>
  );
}
