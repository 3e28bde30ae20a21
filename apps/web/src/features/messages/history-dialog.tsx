'use client';
import { useQuery } from '@tanstack/react-query';
import { Dialog, ErrorLine, Spinner, VersionList } from '@confab/ui';
import { absoluteTime } from '../../lib/dates.ts';
import { failureText } from '../../lib/failure-text.ts';
import { text } from '../../lib/text.ts';
import { useSession } from '../shell/use-session.ts';
import type { MessageDialogProps } from './message-dialogs.tsx';

/** What a message said before it was changed. */
export function HistoryDialog({ entry, conversation, onClose }: MessageDialogProps) {
  const { client } = useSession();
  const input = { conversationId: conversation.id, messageId: entry.id };
  const history = useQuery({
    queryKey: ['versions', entry.id, entry.textRev],
    queryFn: () => client.messages.versions.query(input),
  });
  const versions = (history.data?.versions ?? []).map(({ rev, text: said, createdAt }, index) => ({
    key: rev,
    iso: createdAt,
    label: (index === 0 ? text.message.sentAt : text.message.editedAt)(absoluteTime(createdAt)),
    text: said,
  }));
  return (
    <Dialog open onOpenChange={onClose} title={text.message.history}>
      {history.isPending && <Spinner />}
      {history.error && (
        <ErrorLine text={failureText(history.error)} onRetry={() => void history.refetch()} />
      )}
      {history.isSuccess && versions.length === 0 && <p className="text-ink-2">{text.message.noHistory}</p>}
      <VersionList versions={versions.toReversed()} />
    </Dialog>
  );
}
