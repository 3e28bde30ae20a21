'use client';
import { useMemo } from 'react';
import type { Store } from '@confab/sync';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import type { UserDirectory } from '../people/user-directory.ts';
import { useSession } from '../shell/use-session.ts';

const shownMax = 12;

/** The names of these people as one value: whoever is not known yet is fetched. */
function namesStore(people: UserDirectory, userIds: readonly string[]): Store<string> {
  const users = userIds.map((userId) => people.of(userId));
  return {
    get: () => users.map((user) => user.get()?.name ?? '…').join('\n'),
    subscribe: (listener) => {
      const ends = users.map((user) => user.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** `bob`, `bob and cleo`, `bob, cleo and 3 others`; oneself is "you". */
export function useNames(userIds: readonly string[], max = shownMax): string {
  const { account, people } = useSession();
  const key = userIds.slice(0, max).join();
  const store = useMemo(() => namesStore(people, key === '' ? [] : key.split(',')), [people, key]);
  const names = useStore(store).split('\n');
  const shown = userIds
    .slice(0, max)
    .map((id, index) => (id === account.id ? text.yourself : (names[index] ?? '…')));
  return text.list(shown, userIds.length - shown.length);
}

/** The same as text: made only where it is shown, so that nobody is fetched for a hover that never comes. */
export function NameList({ userIds }: { userIds: readonly string[] }) {
  return useNames(userIds);
}
