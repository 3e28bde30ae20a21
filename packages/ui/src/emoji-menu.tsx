'use client';
import { DropdownMenu } from 'radix-ui';
import type { KeyboardEvent, ReactElement } from 'react';
import { classNames } from './class-names.ts';

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

/** A menu moves up and down by itself; a row of it also wants left and right. */
function moveSideways(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')];
  const index = items.findIndex((item) => item === document.activeElement);
  items.at((index + step) % items.length)?.focus();
  event.preventDefault();
}

/** A row of emoji over the element that opens it. */
export function EmojiMenu({ choices, onChoose, trigger }: EmojiMenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side="top"
          sideOffset={6}
          collisionPadding={8}
          onKeyDown={moveSideways}
          className="z-(--z-toast) flex animate-float-in gap-0.5 rounded-lg bg-raised p-1 shadow-[0_0_0_1px_var(--edge),var(--shadow-2)]"
        >
          {choices.map(({ emoji, label, own }) => (
            <DropdownMenu.CheckboxItem
              key={emoji}
              checked={own}
              aria-label={label}
              onSelect={() => {
                onChoose(emoji, !own);
              }}
              className={emojiClass(own)}
            >
              {emoji}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A square with one emoji, outlined once it is one's own. */
export function emojiClass(own: boolean): string {
  return classNames(
    'grid size-9 cursor-pointer place-items-center rounded-md text-[20px] leading-none outline-hidden select-none pointer-coarse:size-10',
    own
      ? 'bg-accent-soft shadow-[inset_0_0_0_1px_var(--color-accent)] data-highlighted:bg-accent-soft-2'
      : 'hover:bg-raised-hover data-highlighted:bg-raised-hover',
  );
}
