'use client';
import { Slot } from 'radix-ui';
import type { ReactElement } from 'react';
import { lazy } from './lazy.tsx';
import { useMenuTrigger } from './use-menu-trigger.ts';

const OpenEmojiMenu = lazy(async () => (await import('./floating.ts')).OpenEmojiMenu);

/** An emoji to react with. */
export interface EmojiChoice {
  emoji: string;
  /** What it is called, for screen readers. */
  label: string;
  /** One has reacted with it: a press takes it back. */
  own: boolean;
}

export interface EmojiMenuProps {
  choices: readonly EmojiChoice[];
  onChoose: (emoji: string, on: boolean) => void;
  /** One element that opens it. */
  trigger: ReactElement;
}

/** A row of emoji over the element that opens it. */
export function EmojiMenu({ choices, onChoose, trigger }: EmojiMenuProps) {
  const { opened, triggerProps } = useMenuTrigger();
  return (
    <>
      <Slot.Root {...triggerProps}>{trigger}</Slot.Root>
      {opened && <OpenEmojiMenu {...opened} choices={choices} onChoose={onChoose} />}
    </>
  );
}
