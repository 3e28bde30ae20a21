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
import type { SessionEnd } from '../../lib/leave-for-sign-in.ts';
import { text } from '../../lib/text.ts';
import { useCall } from '../../lib/use-call.ts';
import { InvitedNote } from '../rooms/invited-note.tsx';
import type { AccountFormProps } from './account-form-props.ts';
import { useReturn } from './use-return.ts';

interface SignInFormProps extends AccountFormProps {
  /** Why one has to sign in again. */
  readonly ended: SessionEnd | null;
  /** Whom the fields are filled in for. */
  readonly login: string;
  /** Who is signed in in this browser, and will not be any more. */
  readonly insteadOf: string | null;
}

interface Problems {
  readonly login?: string | undefined;
  readonly password?: string | undefined;
  readonly form?: string | undefined;
}

/** What the page was drawn with: the refusal of a form that was sent without its scripts. */
function firstProblems({ refused }: AccountFormProps): Problems {
  if (refused === null) return {};
  const { details, message } = refused;
  return details.field === 'login' || details.field === 'password'
    ? { [details.field]: message }
    : { form: message };
}

function SignInNote({ ended, insteadOf }: Pick<SignInFormProps, 'ended' | 'insteadOf'>) {
  if (insteadOf !== null) return <FormNote>{text.signIn.instead(insteadOf)}</FormNote>;
  return ended && <FormNote>{text.signIn.ended[ended]}</FormNote>;
}

/** Name or email, password, and the way to a new account; after an ended session, that it ended. */
export function SignInForm(props: SignInFormProps) {
  const { next, host, ended, insteadOf, login } = props;
  const [problems, setProblems] = useState(() => firstProblems(props));
  const back = useReturn(next);
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useCall((client) => client.auth.signIn, {
    // A full load: the session begins with a page that knows it.
    onSuccess: () => {
      location.assign(back.href);
    },
    onError: (error) => {
      setProblems({ form: failureText(error) });
      passwordField.current?.select();
    },
  });
  const busy = signIn.isPending || signIn.isSuccess;

  function submit(read: (field: string) => string) {
    const input = { login: read('login').trim(), password: read('password') };
    const isComplete = input.login !== '' && input.password !== '';
    setProblems({
      login: input.login === '' ? text.signIn.missingLogin : undefined,
      password: input.password === '' ? text.signIn.missingPassword : undefined,
    });
    if (isComplete && !busy) signIn.mutate(input);
  }
  const solved = (field: 'login' | 'password') => () => {
    setProblems(({ [field]: _solved, ...rest }) => rest);
  };
  return (
    <AuthCard
      title={text.signIn.title}
      before={<InvitedNote />}
      lead={text.tagline}
      footnote={host}
      after={
        <>
          {text.signIn.newHere} <TextLink href={back.hrefOf('/register')}>{text.signIn.register}</TextLink>
        </>
      }
    >
      <AuthForm onSubmit={submit}>
        {!problems.form && <SignInNote ended={ended} insteadOf={insteadOf} />}
        <FormError>{problems.form}</FormError>
        <TextField
          label={text.signIn.login}
          size="lg"
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={login === ''}
          defaultValue={login}
          error={problems.login}
          onChange={solved('login')}
        />
        <PasswordField
          ref={passwordField}
          label={text.signIn.password}
          size="lg"
          name="password"
          autoComplete="current-password"
          autoFocus={login !== ''}
          error={problems.password}
          onChange={solved('password')}
        />
        <Button variant="primary" size="lg" wide type="submit" busy={busy}>
          {text.signIn.submit}
        </Button>
      </AuthForm>
    </AuthCard>
  );
}
