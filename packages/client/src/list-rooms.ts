import type { RoomListing, RoomPage } from '@confab/contract';
import type { Api } from './transport/api.ts';

/** Every public room whose name begins so, page after page. */
export async function listRooms(api: Api, prefix = ''): Promise<readonly RoomListing[]> {
  const rooms: RoomListing[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: RoomPage = await api.rooms.list.query({ prefix, ...(cursor !== undefined && { cursor }) });
    rooms.push(...page.rooms);
    cursor = page.nextCursor;
  }
  return rooms;
}
