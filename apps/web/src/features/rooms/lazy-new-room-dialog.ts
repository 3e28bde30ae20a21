import { lazy } from '../../lib/lazy.tsx';

export const NewRoomDialog = lazy(async () => (await import('./new-room-dialog.tsx')).NewRoomDialog);
