'use client';
import { useMutation } from '@tanstack/react-query';
import type { User } from '@confab/contract';
import { ConfirmDialog } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';
import { peopleText } from './people-text.ts';

/** Says what blocking does before it is done. */
export function BlockDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { blocked } = useSession();
  const { notify } = useNotifications();
  const block = useMutation({
    mutationFn: () => blocked.change(user.id, true),
    onSuccess: () => {
      onClose();
      notify(peopleText.blocked(user.name));
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={peopleText.blockTitle(user.name)}
      text={peopleText.blockText(user.name)}
      confirmLabel={peopleText.blockConfirm}
      busy={block.isPending}
      error={block.error && failureText(block.error)}
      onConfirm={() => {
        block.mutate();
      }}
    />
  );
}
