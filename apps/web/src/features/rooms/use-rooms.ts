'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { RoomListing } from '@confab/contract';
import { usePages, type Pages } from '../../lib/use-pages.ts';
import { useConversationList } from '../conversations/use-conversation-list.ts';
import { useSession } from '../shell/use-session.ts';

const queryKey = ['rooms'] as const;

export interface Rooms extends Omit<Pages<never>, 'pages'> {
  readonly rooms: readonly RoomListing[];
}

/** Every room, latest activity first. Whether one is in it is known live, from one's own list. */
export function useRooms(): Rooms {
  const { client } = useSession();
  const { pages, ...rest } = usePages({ queryKey, fetchPage: (input) => client.rooms.list.query(input) });
  const own = useConversationList();
  const joined = useMemo(() => new Set(own.rows.map(({ conversation }) => conversation.id)), [own.rows]);
  const isOwnKnown = own.status === 'ready';
  const rooms = useMemo(
    () =>
      pages.flatMap((page) =>
        page.rooms.map((room) => (isOwnKnown ? { ...room, joined: joined.has(room.id) } : room)),
      ),
    [pages, joined, isOwnKnown],
  );
  return { rooms, ...rest };
}

/** Asks for the rooms again, after one was made, joined or left. */
export function useRefreshRooms(): () => void {
  const queryClient = useQueryClient();
  return useCallback(() => void queryClient.invalidateQueries({ queryKey }), [queryClient]);
}
