'use client';
import { DropdownMenu } from 'radix-ui';
import type { KeyboardEvent } from 'react';
import { emojiClass } from './emoji-class.ts';
import type { EmojiMenuProps } from './emoji-menu.tsx';
import { Existing } from './existing.ts';
import { focusFirst } from './menu-content.tsx';
import type { OpenedMenu } from './use-menu-trigger.ts';

/** A menu moves up and down by itself; a row of it also wants left and right. */
function moveSideways(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')];
  const index = items.findIndex((item) => item === document.activeElement);
  items.at((index + step) % items.length)?.focus();
  event.preventDefault();
}

/** What an `EmojiMenu` shows once it was opened. */
export function OpenEmojiMenu(props: OpenedMenu & Omit<EmojiMenuProps, 'trigger'>) {
  const { id, triggerId, trigger, open, byKeyboard, onOpenChange, choices, onChoose } = props;
  return (
    <DropdownMenu.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <DropdownMenu.Trigger asChild>
        <Existing element={trigger} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          id={id}
          aria-labelledby={triggerId}
          side="top"
          sideOffset={6}
          collisionPadding={8}
          onFocus={byKeyboard ? focusFirst : undefined}
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
