'use client';
import { Slot } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { lazy } from './lazy.tsx';
import { useMenuTrigger } from './use-menu-trigger.ts';

const OpenMenu = lazy(async () => (await import('./floating.ts')).OpenMenu);

/** An entry of a menu; `separator` draws a line. */
export type MenuItem =
  | {
      label: string;
      /** 16 px. */
      icon?: ReactNode;
      onSelect: () => void;
      /** The key that does the same, shown at the end. */
      shortcut?: string | undefined;
      /** Red: takes something away. */
      danger?: boolean | undefined;
      disabled?: boolean | undefined;
    }
  | 'separator';

export interface MenuProps {
  /** One element that opens the menu: an `IconButton` with `tooltip={false}`, a `Button`. */
  trigger: ReactElement;
  items: readonly MenuItem[];
  /** Default `end`: right edges meet. */
  align?: 'start' | 'center' | 'end' | undefined;
}

/** A menu under its trigger. */
export function Menu({ trigger, items, align = 'end' }: MenuProps) {
  const { opened, triggerProps } = useMenuTrigger();
  return (
    <>
      <Slot.Root {...triggerProps}>{trigger}</Slot.Root>
      {opened && <OpenMenu {...opened} items={items} align={align} />}
    </>
  );
}
