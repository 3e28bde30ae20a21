'use client';
import type { MouseEvent } from 'react';
import type { LinkProps } from '@confab/ui';
import { goTo } from './navigation.ts';

/** A link within the chat: changes the address and nothing else. A click that asks for a new tab gets one. */
export function ShellLink({ href, ...rest }: LinkProps) {
  function onClick(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(href);
  }
  return <a {...rest} href={href} onClick={onClick} />;
}
