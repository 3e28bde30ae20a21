'use client';
import { useCallback } from 'react';
import type { Invitation } from '@confab/contract';
import { copyText } from '../../lib/copy-text.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { roomText } from './room-text.ts';
import { invitationLink } from './use-invitations.ts';

/** Puts an invitation's link into the clipboard; where the browser refuses that, says where the link is. */
export function useCopyLink(): (invitation: Invitation) => Promise<void> {
  const { notify } = useNotifications();
  return useCallback(
    async (invitation) => {
      notify((await copyText(invitationLink(invitation))) ? roomText.copied : roomText.created);
    },
    [notify],
  );
}
