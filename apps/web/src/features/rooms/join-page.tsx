'use client';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { InvitationPreview } from '@confab/contract';
import { AuthCard, Avatar, Button, ButtonLink, ErrorLine, FormError, RowSkeleton } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { conversationHref } from '../../lib/navigation.ts';
import { detailsOf } from '@confab/client/transport';
import { trpc } from '../../lib/trpc.ts';
import { invitationFragment, watchFragment } from './invitation-fragment.ts';
import { roomText } from './room-text.ts';

const { join: words } = roomText;

/** Where an invitation's link leads: what the room is, and the way in. A full load follows: the chat begins with it. */
export function JoinPage({ host }: { host: string }) {
  const code = useSyncExternalStore(watchFragment, invitationFragment, () => null);
  return <Invited key={code} code={code} host={host} />;
}

function Invited({ code, host }: { code: string | null; host: string }) {
  const { client } = trpc.useUtils();
  const preview = useQuery({
    queryKey: ['invitation', code],
    queryFn: () => client.invitations.preview.mutate({ code: code ?? '' }),
    enabled: code !== null && code !== '',
  });
  const isGone = code === '' || detailsOf(preview.error)?.code === 'NOT_FOUND';
  if (isGone) {
    return (
      <AuthCard title={words.gone} lead={words.goneHint} footnote={host}>
        <p className="mt-6">
          <ButtonLink href="/chats" size="lg">
            {words.toChats}
          </ButtonLink>
        </p>
      </AuthCard>
    );
  }
  if (preview.data) return <Preview code={code ?? ''} preview={preview.data} host={host} />;
  return (
    <AuthCard title={words.title} footnote={host}>
      {preview.error ? (
        <ErrorLine text={failureText(preview.error)} onRetry={() => void preview.refetch()} />
      ) : (
        <RowSkeleton count={1} />
      )}
    </AuthCard>
  );
}

function Preview({ code, preview, host }: { code: string; preview: InvitationPreview; host: string }) {
  const { conversationId, name, topic, memberCount, invitedBy, joined } = preview;
  const href = conversationHref(conversationId);
  const accept = trpc.invitations.accept.useMutation({
    onSuccess: () => {
      location.assign(href);
    },
  });
  return (
    <AuthCard
      title={name}
      before={
        <>
          <Avatar id={conversationId} name={name} kind="room" size={72} />
          {!joined && <p className="mt-4 text-ink-2">{words.invites(invitedBy.name)}</p>}
        </>
      }
      lead={words.meta(memberCount)}
      footnote={host}
    >
      {topic !== '' && (
        <p dir="auto" className="mt-4 wrap-anywhere">
          {topic}
        </p>
      )}
      {joined && <p className="mt-4 text-sm text-ink-2">{words.joined}</p>}
      <div className="mt-6 grid gap-3">
        <FormError>{accept.error && failureText(accept.error)}</FormError>
        {joined ? (
          <ButtonLink variant="primary" size="lg" wide href={href}>
            {words.open}
          </ButtonLink>
        ) : (
          <Button
            variant="primary"
            size="lg"
            wide
            busy={accept.isPending || accept.isSuccess}
            onClick={() => {
              accept.mutate({ code });
            }}
          >
            {words.join}
          </Button>
        )}
      </div>
    </AuthCard>
  );
}
