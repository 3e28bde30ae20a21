'use client';
import { useRef, useState } from 'react';
import {
  AuthCard,
  AuthForm,
  Button,
  FormError,
  FormNote,
  PasswordField,
  TextField,
  TextLink,
} from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { text } from '../../lib/text.ts';
import { trpc } from '../../lib/trpc.ts';
import { useReturn } from './use-return.ts';

export interface AccountFormProps {
  /** A path of ours, to go to once signed in. */
  readonly next: string;
  /** Whose server this is. */
  readonly host: string;
}

/** Name or email, password, and the way to a new account; after an ended session, that it ended. */
export function SignInForm({ next, host, ended = false }: AccountFormProps & { ended?: boolean }) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const back = useReturn(next);
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = trpc.auth.signIn.useMutation({
    // A full load: the session begins with a page that knows it.
    onSuccess: () => {
      location.assign(back.href);
    },
    onError: () => passwordField.current?.select(),
  });
  const busy = signIn.isPending || signIn.isSuccess;

  function submit() {
    setIncomplete(login.trim() === '' || password === '');
    if (login.trim() === '' || password === '' || busy) return;
    signIn.mutate({ login: login.trim(), password });
  }
  return (
    <AuthCard
      title={text.signIn.title}
      footnote={host}
      after={
        <>
          {text.signIn.newHere} <TextLink href={back.hrefOf('/register')}>{text.signIn.register}</TextLink>
        </>
      }
    >
      <AuthForm onSubmit={submit}>
        {ended && !signIn.error && <FormNote>{text.signIn.ended}</FormNote>}
        <FormError>{signIn.error && failureText(signIn.error)}</FormError>
        <TextField
          label={text.signIn.login}
          size="lg"
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={login}
          error={incomplete && login.trim() === '' ? text.signIn.missingLogin : undefined}
          onChange={(event) => {
            setLogin(event.target.value);
          }}
        />
        <PasswordField
          ref={passwordField}
          label={text.signIn.password}
          size="lg"
          name="password"
          autoComplete="current-password"
          value={password}
          error={incomplete && password === '' ? text.signIn.missingPassword : undefined}
          onChange={(event) => {
            setPassword(event.target.value);
          }}
        />
        <Button variant="primary" size="lg" wide type="submit" busy={busy}>
          {text.signIn.submit}
        </Button>
      </AuthForm>
    </AuthCard>
  );
}
