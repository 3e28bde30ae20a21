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

const aloneClass = 'rounded-sm text-sm font-medium text-accent underline-offset-3 hover:underline';

/** A link inside a sentence, or alone beside a heading. */
export function TextLink({ href, children, alone = false }: TextLinkProps) {
  const Link = useLink();
  return (
    <Link href={href} className={alone ? aloneClass : textLinkClass}>
      {children}
    </Link>
  );
}
