'use client';
import { useCall } from '../../lib/use-call.ts';
import { useEnterConversation } from '../conversations/use-enter-conversation.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useRefreshRooms } from './use-rooms.ts';

/** Joins a room and goes in. `joining` is the room under way. */
export function useJoinRoom(): { join: (roomId: string) => void; joining: string | undefined } {
  const enter = useEnterConversation();
  const { notifyFailure } = useNotifications();
  const refreshRooms = useRefreshRooms();
  const mutation = useCall((client) => client.rooms.join, {
    onSuccess: async (room) => {
      await enter(room, 'rooms');
      refreshRooms();
    },
    onError: notifyFailure,
  });
  return {
    join: (conversationId) => {
      if (!mutation.isPending) mutation.mutate({ conversationId });
    },
    joining: mutation.isPending ? mutation.variables.conversationId : undefined,
  };
}
