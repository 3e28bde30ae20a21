'use client';
import { usePathname } from 'next/navigation';
import { lazy } from '../../lib/lazy.tsx';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';

const ProfileDialog = lazy(async () => (await import('./profile-dialog.tsx')).ProfileDialog);

/**
 * The one card that may be open, whatever opened it: it stays when a message's row is scrolled away, and goes with the
 * page that it lies over.
 */
export function OpenedProfile() {
  const { openedProfile } = useSession();
  const opened = useStore(openedProfile);
  const path = usePathname();
  if (opened?.path !== path) return null;
  const { userId } = opened;
  return (
    <ProfileDialog
      key={userId}
      userId={userId}
      onClose={() => {
        openedProfile.set(null);
      }}
    />
  );
}
