'use client';
import { useEffect, useRef, useState } from 'react';
import type { ErrorDetails } from '@confab/contract';
import { AuthCard, AuthForm, Button, FormError, TextField, TextLink } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { detailsOf } from '@confab/client/transport';
import { text } from '../../lib/text.ts';
import { useCall } from '../../lib/use-call.ts';
import { InvitedNote } from '../rooms/invited-note.tsx';
import type { AccountFormProps } from './account-form-props.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { useNameCheck } from './use-name-check.ts';
import { useReturn } from './use-return.ts';
import { useSchemas, type Schemas } from './use-schemas.ts';

const fields = ['name', 'email', 'password'] as const;
type Field = (typeof fields)[number];
type Problems = Partial<Record<Field | 'form', string>>;

const fieldOf = (name: unknown): Field | undefined => fields.find((field) => field === name);

/** What is wrong with the input, at the field: the same rules as the server's. */
function problemsOf(input: Record<Field, string>, schemas: Schemas | null): Problems {
  const parsed = schemas?.registerInput.safeParse(input);
  const problems: Problems = {};
  for (const issue of parsed?.error?.issues ?? []) {
    const field = fieldOf(issue.path[0]);
    if (field) problems[field] ??= issue.message;
  }
  return problems;
}

/** What the server refused, at the field to blame. */
function refusedBy(details: ErrorDetails | null, sentence: string, name: string): Problems {
  if (details?.code === 'NAME_TAKEN') return { name: text.register.nameTakenMeanwhile(name) };
  if (details?.code === 'EMAIL_TAKEN') return { email: sentence };
  return { [fieldOf(details?.field) ?? 'form']: sentence };
}

/** What the page was drawn with: the refusal of a form that was sent without its scripts, and so without the live check. */
function firstProblems({ refused }: AccountFormProps): Problems {
  if (refused === null) return {};
  const { values, details, message } = refused;
  const name = values['name'] ?? '';
  return details.code === 'NAME_TAKEN'
    ? { name: text.register.nameTaken(name) }
    : refusedBy(details, message, name);
}

/** The name as it stands in its field, from the first moment: it may have been typed before the page had its scripts. */
function useTypedName(initial: string) {
  const [name, setName] = useState(initial);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setName(field.current?.value ?? '');
  }, []);
  return { name, setName, field };
}

/** Name with its live check, email, password; then straight to the chat. */
export function RegisterForm(props: AccountFormProps) {
  const { next, host, refused } = props;
  const { name, setName, field } = useTypedName(refused?.values['name'] ?? '');
  const [problems, setProblems] = useState(() => firstProblems(props));
  const back = useReturn(next);
  const schemas = useSchemas();
  const check = useNameCheck(name, schemas);
  const register = useCall((client) => client.auth.register, {
    onSuccess: () => {
      location.assign(back.href);
    },
    onError: (error, input) => {
      setProblems(refusedBy(detailsOf(error), failureText(error), input.name));
    },
  });
  const busy = register.isPending || register.isSuccess;

  const solved = (of: Field) => () => {
    setProblems(({ [of]: _solved, ...rest }) => rest);
  };
  function submit(read: (of: Field) => string) {
    const input = { name: read('name'), email: read('email'), password: read('password') };
    const found = problemsOf(input, schemas);
    setProblems(found);
    if (Object.keys(found).length === 0 && check.status?.kind !== 'taken' && !busy) register.mutate(input);
  }
  return (
    <AuthCard
      title={text.register.title}
      before={<InvitedNote />}
      footnote={host}
      after={
        <>
          {text.register.haveAccount} <TextLink href={back.hrefOf('/sign-in')}>{text.signIn.title}</TextLink>
        </>
      }
    >
      <AuthForm onSubmit={submit}>
        <FormError>{problems.form}</FormError>
        <TextField
          ref={field}
          label={text.register.name}
          size="lg"
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          placeholder={text.register.namePlaceholder}
          defaultValue={refused?.values['name']}
          onChange={(event) => {
            setName(event.target.value);
            solved('name')();
          }}
          hint={check.hint}
          status={check.status}
          error={problems.name ?? check.error}
        />
        <TextField
          label={text.register.email}
          size="lg"
          type="email"
          name="email"
          autoComplete="email"
          placeholder={text.register.emailPlaceholder}
          hint={text.register.emailHint}
          defaultValue={refused?.values['email']}
          onChange={solved('email')}
          error={problems.email}
        />
        <NewPasswordField
          label={text.register.password}
          size="lg"
          name="password"
          words={[name]}
          onChange={solved('password')}
          error={problems.password}
        />
        <Button variant="primary" size="lg" wide type="submit" busy={busy}>
          {text.register.submit}
        </Button>
      </AuthForm>
    </AuthCard>
  );
}
