'use client';
import { MessageCircle } from 'lucide-react';
import type { User } from '@confab/contract';
import { Button, DetailsActions, DetailsIdentity, Dialog, ErrorLine, RowSkeleton } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { useSession } from '../shell/use-session.ts';
import { BlockButton } from './block-button.tsx';
import { peopleText } from './people-text.ts';
import { ProfileFacts } from './profile-facts.tsx';
import { useLastSeenLine } from './use-last-seen-line.ts';
import { useOpenDirect } from './use-open-direct.ts';
import { useProfile } from './use-profile.ts';
import { usePresence, useUser } from './use-user.ts';

/** Somebody's card: who they are, and what one can do. What is known already is there at once. */
export function ProfileDialog({ userId, onClose }: { userId: string; onClose: () => void }) {
  const { profile, error, retry } = useProfile(userId);
  const known = useUser(userId);
  const user = profile?.user ?? known;
  return (
    <Dialog open onOpenChange={onClose} title={peopleText.profile} size="card">
      {user && <Identity user={user} onClose={onClose} />}
      {error ? (
        <ErrorLine text={failureText(error)} onRetry={retry} />
      ) : profile ? (
        <ProfileFacts profile={profile} />
      ) : (
        <RowSkeleton count={2} />
      )}
    </Dialog>
  );
}

function Identity({ user, onClose }: { user: User; onClose: () => void }) {
  const { account } = useSession();
  const openDirect = useOpenDirect();
  const presence = usePresence(user.id);
  const subtitle = useLastSeenLine(user);
  return (
    <>
      <DetailsIdentity
        avatar={{ id: user.id, name: user.name, kind: 'person', presence }}
        subtitle={subtitle}
      />
      {user.id !== account.id && (
        <DetailsActions>
          <Button
            variant="primary"
            icon={<MessageCircle size={16} aria-hidden />}
            onClick={() => {
              // First: a dialog that closes gives the focus back, and the composer is to have it.
              onClose();
              openDirect(user.id);
            }}
          >
            {peopleText.message}
          </Button>
          <BlockButton user={user} />
        </DetailsActions>
      )}
    </>
  );
}
