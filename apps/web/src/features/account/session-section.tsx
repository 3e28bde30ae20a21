'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SessionView } from '@confab/contract';
import { Button, ErrorLine, RowSkeleton, SessionRow, Setting } from '@confab/ui';
import { activeTime } from '../../lib/dates.ts';
import { deviceOf } from '../../lib/device-of.ts';
import { text } from '../../lib/text.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';

const queryKey = ['sessions'] as const;

/** The current one first, then by when they were last used. */
function inOrder(sessions: readonly SessionView[]): readonly SessionView[] {
  return sessions.toSorted((a, b) =>
    a.current === b.current ? b.lastUsedAt.localeCompare(a.lastUsedAt) : a.current ? -1 : 1,
  );
}

/** Every device that is signed in, and how to sign it out. */
export function SessionSection() {
  const { client } = useSession();
  const { notify, notifyFailure } = useNotifications();
  const queries = useQueryClient();
  const list = useQuery({ queryKey, queryFn: () => client.auth.sessions.query(), refetchOnMount: 'always' });
  const refresh = () => queries.invalidateQueries({ queryKey });
  const end = useMutation({
    mutationFn: (sessionId: string) => client.auth.endSession.mutate({ sessionId }),
    onError: notifyFailure,
    onSettled: refresh,
  });
  const endOthers = useMutation({
    mutationFn: () => client.auth.endOtherSessions.mutate(),
    onSuccess: () => {
      notify(text.account.signedOutElsewhere(others));
    },
    onError: notifyFailure,
    onSettled: refresh,
  });
  const sessions = inOrder(list.data ?? []);
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <Setting title={text.account.sessions} text={text.account.sessionsText}>
      {list.isPending && <RowSkeleton count={2} />}
      {list.isError && <ErrorLine text={text.unreachable} onRetry={() => void list.refetch()} />}
      <ul aria-label={text.account.sessions}>
        {sessions.map((session) => (
          <OneSession
            key={session.id}
            session={session}
            busy={end.isPending && end.variables === session.id}
            onEnd={() => {
              end.mutate(session.id);
            }}
          />
        ))}
      </ul>
      {others > 0 && (
        <div className="grid items-center gap-3 md:grid-cols-[minmax(0,1fr)_auto]">
          <p className="text-sm text-ink-2">{text.account.signOutElsewhereText}</p>
          <Button
            variant="danger-plain"
            busy={endOthers.isPending}
            onClick={() => {
              endOthers.mutate();
            }}
          >
            {text.account.signOutElsewhere}
          </Button>
        </div>
      )}
    </Setting>
  );
}

function OneSession({ session, busy, onEnd }: { session: SessionView; busy: boolean; onEnd: () => void }) {
  const { kind, name } = deviceOf(session.userAgent);
  const now = new Date();
  const detail = session.current
    ? text.account.signedIn(activeTime(session.createdAt, now), session.address)
    : text.account.lastUsed(activeTime(session.lastUsedAt, now), session.address);
  return (
    <SessionRow
      kind={kind}
      name={name}
      detail={detail}
      current={session.current}
      action={
        !session.current && (
          <Button busy={busy} aria-label={text.account.signOutOf(name)} onClick={onEnd}>
            {text.account.signOut}
          </Button>
        )
      }
    />
  );
}
