'use client';
import { Dialog, MemberRow, Section } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { useUser } from '../people/use-user.ts';
import { useSession } from '../shell/use-session.ts';
import { recipientsOf, type StoredDelivery } from './delivery-of.ts';
import type { MessageDialogProps } from './message-dialogs.tsx';
import { useWatermarks } from './use-watermarks.ts';

const shown: readonly StoredDelivery[] = ['read', 'delivered', 'sent'];

/** Who has read one's own message in a group, who holds it, and who does not yet. */
export function SeenDialog({ entry, conversation, onClose }: MessageDialogProps) {
  const { account } = useSession();
  const watermarks = useStore(useWatermarks(conversation));
  const recipients = recipientsOf(watermarks ?? [], account.id, entry.rev);
  return (
    <Dialog open onOpenChange={onClose} title={text.message.seenTitle}>
      {shown
        .filter((delivery) => recipients[delivery].length > 0)
        .map((delivery) => (
          <Section key={delivery} title={text.message.seen[delivery]} count={recipients[delivery].length}>
            <ul>
              {recipients[delivery].map((userId) => (
                <Recipient key={userId} userId={userId} />
              ))}
            </ul>
          </Section>
        ))}
    </Dialog>
  );
}

function Recipient({ userId }: { userId: string }) {
  const user = useUser(userId);
  return <MemberRow avatar={{ id: userId, name: user?.name ?? '…', kind: 'person' }} />;
}
