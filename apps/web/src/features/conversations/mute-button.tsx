'use client';
import { Bell, BellOff } from 'lucide-react';
import { Button } from '@confab/ui';
import { detailsText } from './details-text.ts';
import type { ConversationInfo } from './use-conversation.ts';
import { useSetPreferences } from './use-set-preferences.ts';

/** Counts new messages of a conversation quietly, or loudly again. */
export function MuteButton({ conversation: { id, muted } }: { conversation: ConversationInfo }) {
  const setPreferences = useSetPreferences();
  const Icon = muted ? BellOff : Bell;
  return (
    <Button
      wide
      icon={<Icon size={16} aria-hidden />}
      onClick={() => {
        setPreferences(id, { muted: !muted });
      }}
    >
      {muted ? detailsText.unmute : detailsText.mute}
    </Button>
  );
}
