'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { limits } from '@confab/contract';
import { Button, FormError, PasswordField, Setting } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { detailsOf } from '@confab/client/transport';
import { text } from '../../lib/text.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';
import { NewPasswordField } from './new-password-field.tsx';

interface Problems {
  readonly current?: string | undefined;
  readonly next?: string | undefined;
  readonly form?: string | undefined;
}

/** What the server refused, at the field to blame. */
function problemsOf(error: unknown): Problems {
  const details = detailsOf(error);
  const sentence = failureText(error);
  if (details?.code === 'WRONG_PASSWORD' || details?.field === 'current') return { current: sentence };
  return details?.field === 'next' ? { next: sentence } : { form: sentence };
}

/** Another password, for whoever knows the present one. */
export function PasswordSection() {
  const { account, client } = useSession();
  const { notify } = useNotifications();
  const queries = useQueryClient();
  const [input, setInput] = useState({ current: '', next: '' });
  const [problems, setProblems] = useState<Problems>({});
  const change = useMutation({
    mutationFn: () => client.auth.changePassword.mutate(input),
    onSuccess: () => {
      setInput({ current: '', next: '' });
      notify(text.account.passwordChanged);
      // The others were signed out by it.
      void queries.invalidateQueries({ queryKey: ['sessions'] });
    },
    onError: (error) => {
      setProblems(problemsOf(error));
    },
  });
  function submit() {
    const { current, next } = input;
    const short = Array.from(next).length < limits.passwordLengthMin;
    const found: Problems = {
      current: current === '' ? text.signIn.missingPassword : undefined,
      next: short ? text.register.passwordPlaceholder(limits.passwordLengthMin) : undefined,
    };
    setProblems(found);
    if (current !== '' && !short && !change.isPending) change.mutate();
  }
  const field = (name: 'current' | 'next') => ({
    value: input[name],
    error: problems[name],
    onChange: (event: { target: { value: string } }) => {
      setInput({ ...input, [name]: event.target.value });
      setProblems({});
    },
  });
  return (
    <Setting title={text.account.password} text={text.account.passwordText}>
      <form
        method="post"
        noValidate
        className="grid max-w-90 gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <FormError>{problems.form}</FormError>
        {/* For password managers, which ask whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={account.name} />
        <PasswordField
          label={text.account.currentPassword}
          autoComplete="current-password"
          maxLength={limits.passwordTypedLengthMax}
          {...field('current')}
        />
        <NewPasswordField
          label={text.account.newPassword}
          words={[account.name, account.email]}
          maxLength={limits.passwordLengthMax}
          {...field('next')}
        />
        <div>
          <Button type="submit" busy={change.isPending}>
            {text.account.changePassword}
          </Button>
        </div>
      </form>
    </Setting>
  );
}
