'use client';
import { useState, useSyncExternalStore } from 'react';
import type { Account, InvitationPreview } from '@confab/contract';
import { AuthCard, Avatar, Button, ButtonLink, ErrorLine, FormError, RowSkeleton } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { conversationHref } from '../../lib/navigation.ts';
import { detailsOf } from '@confab/client/transport';
import { useCall } from '../../lib/use-call.ts';
import { OtherAccount } from '../shell/other-account.tsx';
import { invitationFragment, watchFragment } from './invitation-fragment.ts';
import { roomText } from './room-text.ts';
import { useInvitationPreview } from './use-invitation-preview.ts';

const { join: words } = roomText;

/** Where an invitation's link leads: what the room is, and the way in. A full load follows: the chat begins with it. */
export function JoinPage({ account, host }: { account: Account; host: string }) {
  const code = useSyncExternalStore(watchFragment, invitationFragment, () => null);
  return <Invited key={code} code={code} account={account} host={host} />;
}

interface InvitedProps {
  /** '' for none; null while it is not known. */
  readonly code: string | null;
  /** Whom the page was opened for, and who joins. */
  readonly account: Account;
  readonly host: string;
}

function Invited({ code, account, host }: InvitedProps) {
  const preview = useInvitationPreview(code ?? '');
  const [isOther, setOther] = useState(false);
  if (isOther || detailsOf(preview.error)?.code === 'OTHER_ACCOUNT')
    return <OtherAccount account={account} />;
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
  if (preview.data) {
    return (
      <Preview
        code={code ?? ''}
        preview={preview.data}
        host={host}
        onOther={() => {
          setOther(true);
        }}
      />
    );
  }
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

interface PreviewProps {
  readonly code: string;
  readonly preview: InvitationPreview;
  readonly host: string;
  /** The browser is signed in as somebody else than whom the page was opened for: nobody has joined. */
  readonly onOther: () => void;
}

function Preview({ code, preview, host, onOther }: PreviewProps) {
  const { conversationId, name, topic, memberCount, invitedBy, joined } = preview;
  const href = conversationHref(conversationId);
  const accept = useCall((client) => client.invitations.accept, {
    onSuccess: () => {
      location.assign(href);
    },
    onError: (error) => {
      if (detailsOf(error)?.code === 'OTHER_ACCOUNT') onOther();
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
