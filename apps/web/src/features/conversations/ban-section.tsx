'use client';
import { Undo2 } from 'lucide-react';
import { IconButton, MemberRow, RowList, Section, TextButton } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useOpenProfile } from '../people/use-profile.ts';
import { detailsText } from './details-text.ts';
import { useBans } from './use-bans.ts';
import type { ConversationInfo } from './use-conversation.ts';

/** Whom a group or room keeps out, where there is somebody, and a way back for them. */
export function BanSection({ conversation }: { conversation: ConversationInfo }) {
  const { users, isWhole, loadMore, lift } = useBans(conversation.id);
  const openProfile = useOpenProfile();
  if (users.length === 0) return null;
  return (
    <Section
      title={detailsText.banned}
      action={!isWhole && <TextButton onPress={loadMore}>{text.conversation.more}</TextButton>}
    >
      <RowList label={detailsText.banned}>
        {users.map((user) => (
          <MemberRow
            key={user.id}
            avatar={{ id: user.id, name: user.name, kind: 'person' }}
            onOpen={() => {
              openProfile(user.id);
            }}
            action={
              <IconButton
                label={detailsText.liftBan(user.name)}
                size="sm"
                onClick={() => {
                  lift(user);
                }}
              >
                <Undo2 size={16} aria-hidden />
              </IconButton>
            }
          />
        ))}
      </RowList>
    </Section>
  );
}
