'use client';
import { MessageCirclePlus, SquarePen, UsersRound, Compass } from 'lucide-react';
import { useState } from 'react';
import { IconButton, Menu } from '@confab/ui';
import { goTo } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { NewRoomDialog } from '../rooms/lazy-new-room-dialog.ts';
import { NewGroupDialog } from './lazy-new-group-dialog.ts';

/** Begins a conversation of one of the three kinds. */
export function NewMenu() {
  const [dialog, setDialog] = useState<'group' | 'room' | null>(null);
  const close = () => {
    setDialog(null);
  };
  return (
    <>
      <Menu
        items={[
          {
            label: text.start.findPeople,
            icon: <MessageCirclePlus size={16} aria-hidden />,
            onSelect: () => {
              goTo('/people');
            },
          },
          {
            label: text.newGroup,
            icon: <UsersRound size={16} aria-hidden />,
            onSelect: () => {
              setDialog('group');
            },
          },
          {
            label: text.newRoom,
            icon: <Compass size={16} aria-hidden />,
            onSelect: () => {
              setDialog('room');
            },
          },
        ]}
        trigger={
          <IconButton label={text.newConversation} tooltip={false}>
            <SquarePen size={18} aria-hidden />
          </IconButton>
        }
      />
      {dialog === 'group' && <NewGroupDialog onClose={close} />}
      {dialog === 'room' && <NewRoomDialog onClose={close} />}
    </>
  );
}
