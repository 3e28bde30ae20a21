'use client';
import { useEffect, useMemo } from 'react';
import { limits, type User } from '@confab/contract';
import { useDebounced } from '../../lib/use-debounced.ts';
import { usePages, type Pages } from '../../lib/use-pages.ts';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';

const settleMs = 200;

export interface People extends Omit<Pages<never>, 'pages'> {
  readonly users: readonly User[];
  /** What they were found by; behind what is being typed. */
  readonly prefix: string;
}

/** Everybody but oneself whose name begins like this: those online first, each by name. */
export function usePeople(find: string): People {
  const { client, people } = useSession();
  const prefix = useDebounced(find.trim(), settleMs).slice(0, limits.nameLengthMax);
  const { pages, ...rest } = usePages({
    queryKey: ['users', prefix],
    fetchPage: (input) => client.users.search.query({ ...input, prefix }),
  });
  const found = useMemo(() => pages.flatMap((page) => page.users), [pages]);
  const users = useOnlineFirst(found);
  useEffect(() => {
    people.learn(found);
  }, [people, found]);
  useNewcomers(users, rest.isWhole && prefix === '', rest.retry);
  return { users, prefix, ...rest };
}

/** Within what is loaded: a page that comes may bring somebody online up into view. */
function useOnlineFirst(users: readonly User[]): readonly User[] {
  const online = useStore(useSession().presence.everybody);
  return useMemo(() => {
    if (online === null) return users;
    const isOnline = ({ id }: User) => online.has(id);
    return [...users.filter(isOnline), ...users.filter((user) => !isOnline(user))];
  }, [users, online]);
}

/** Somebody online who is not in the whole list has just registered. */
function useNewcomers(users: readonly User[], isWhole: boolean, refetch: () => void): void {
  const { presence, account } = useSession();
  const online = useStore(presence.everybody);
  const newcomers = useMemo(() => {
    if (!isWhole || online === null) return '';
    const known = new Set(users.map(({ id }) => id)).add(account.id);
    return [...online].filter((id) => !known.has(id)).join();
  }, [users, isWhole, online, account.id]);
  useEffect(() => {
    if (newcomers !== '') refetch();
    // Once for each set of newcomers: an id that never appears must not ask for ever.
  }, [newcomers]);
}
