'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { limits, type RoomListing } from '@confab/contract';
import { useDebounced } from '../../lib/use-debounced.ts';
import { usePages, type Pages } from '../../lib/use-pages.ts';
import { useConversationList } from '../conversations/use-conversation-list.ts';
import { useSession } from '../shell/use-session.ts';

const roomsKey = 'rooms';
const settleMs = 200;

export interface Rooms extends Omit<Pages<never>, 'pages'> {
  readonly rooms: readonly RoomListing[];
}

/**
 * The public rooms whose name begins like this; without a beginning all of them, latest activity first. Whether one is
 * in a room is known live, from one's own list.
 */
export function useRooms(find = ''): Rooms {
  const { client } = useSession();
  const prefix = useDebounced(find.trim(), settleMs).slice(0, limits.conversationNameLengthMax);
  const { pages, ...rest } = usePages({
    queryKey: [roomsKey, prefix],
    fetchPage: (input) => client.rooms.list.query({ ...input, prefix }),
  });
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
  return useCallback(() => void queryClient.invalidateQueries({ queryKey: [roomsKey] }), [queryClient]);
}
