'use client';
import { Bell, BellOff, EyeOff, Pin, PinOff } from 'lucide-react';
import type { ConversationRow } from '@confab/sync';
import { ActionSheet, MenuAt, type MenuItem, type MenuOpening } from '@confab/ui';
import { goTo, sectionHref, usePlace } from '../../lib/navigation.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { listText } from './list-text.ts';
import { conversationName } from './use-conversation-avatar.ts';
import { useSetPreferences } from './use-set-preferences.ts';

export interface OpenedRowMenu {
  readonly row: ConversationRow;
  readonly opening: MenuOpening;
}

function useRowItems({ conversation }: ConversationRow): MenuItem[] {
  const { id } = conversation;
  const { pinned, muted } = conversation.preferences;
  const set = useSetPreferences();
  const { notify } = useNotifications();
  const { conversationId, section } = usePlace();
  const hide = () => {
    // An open conversation that is not in the list would be read on without a trace.
    if (conversationId === id) goTo(sectionHref(section));
    set(id, { hidden: true });
    notify(listText.hidden(conversationName(conversation)), {
      label: listText.undo,
      onPress: () => {
        set(id, { hidden: false });
      },
    });
  };
  return [
    {
      label: pinned ? listText.unpin : listText.pin,
      icon: pinned ? <PinOff size={16} aria-hidden /> : <Pin size={16} aria-hidden />,
      onSelect: () => {
        set(id, { pinned: !pinned });
      },
    },
    {
      label: muted ? listText.unmute : listText.mute,
      icon: muted ? <Bell size={16} aria-hidden /> : <BellOff size={16} aria-hidden />,
      onSelect: () => {
        set(id, { muted: !muted });
      },
    },
    { label: listText.hide, icon: <EyeOff size={16} aria-hidden />, onSelect: hide },
  ];
}

/** What one can do with a row of the list: a menu at the pointer or under the row's button, for a finger a sheet. */
export function RowMenu({ row, opening, onClose }: OpenedRowMenu & { onClose: () => void }) {
  const items = useRowItems(row);
  const name = conversationName(row.conversation);
  const label = listText.actions(name);
  if (opening.at === null) {
    return (
      <ActionSheet
        label={label}
        about={<bdi className="font-medium">{name}</bdi>}
        items={items}
        onClose={onClose}
      />
    );
  }
  return <MenuAt label={label} items={items} {...opening} at={opening.at} onClose={onClose} />;
}
