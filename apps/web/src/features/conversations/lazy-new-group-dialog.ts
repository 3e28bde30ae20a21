import { lazy } from '../../lib/lazy.tsx';

export const NewGroupDialog = lazy(async () => (await import('./new-group-dialog.tsx')).NewGroupDialog);
