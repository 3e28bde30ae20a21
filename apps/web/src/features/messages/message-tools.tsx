'use client';
import { Ellipsis, Pencil, SmilePlus } from 'lucide-react';
import { EmojiMenu, IconButton, Menu, MessageToolbar } from '@confab/ui';
import { text } from '../../lib/text.ts';
import type { MessageActions } from './use-message-actions.tsx';

/** Over a message: react, edit, and what else there is. */
export function MessageTools({ actions }: { actions: MessageActions }) {
  const { choices, react, mayReact, edit, items } = actions;
  return (
    <MessageToolbar label={text.message.actions}>
      {mayReact && (
        <EmojiMenu
          choices={choices}
          onChoose={react}
          trigger={
            <IconButton label={text.message.react} size="sm" tooltip={false}>
              <SmilePlus size={16} aria-hidden />
            </IconButton>
          }
        />
      )}
      {edit && (
        <IconButton label={text.message.edit} size="sm" onClick={edit}>
          <Pencil size={16} aria-hidden />
        </IconButton>
      )}
      <Menu
        items={items}
        trigger={
          <IconButton label={text.message.more} size="sm" tooltip={false}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      />
    </MessageToolbar>
  );
}
