'use client';
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addableByChoices, type Account, type AddableBy } from '@confab/contract';
import { Choices, Setting } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';

const queryKey = ['account'] as const;

/** Who may bring this person into groups and rooms: chosen at once, and taken back where the server did not take it. */
export function AddableSection() {
  const { account, client } = useSession();
  const { notifyFailure } = useNotifications();
  const queries = useQueryClient();
  // The page knows the account as it was opened; another device may have chosen since.
  const { data } = useQuery({
    queryKey,
    queryFn: () => client.auth.me.query(),
    initialData: account,
    refetchOnMount: 'always',
  });
  const choose = useMutation({
    mutationFn: (addableBy: AddableBy) => client.auth.updateAccount.mutate({ addableBy }),
    onSuccess: (changed: Account) => {
      queries.setQueryData(queryKey, changed);
    },
    onError: notifyFailure,
    onSettled: () => {
      setChosen(null);
    },
  });
  // The query library tells a moment later that something is under way: a choice would go back for that long.
  const [chosen, setChosen] = useState<AddableBy | null>(null);
  return (
    <Setting title={text.account.addable} text={text.account.addableText}>
      <Choices
        label={text.account.addable}
        hideLabel
        value={chosen ?? data.addableBy}
        onChange={(next) => {
          setChosen(next);
          choose.mutate(next);
        }}
        options={addableByChoices.map((value) => ({ value, ...text.account.addableBy[value] }))}
      />
    </Setting>
  );
}
