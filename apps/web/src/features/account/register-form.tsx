'use client';
import { useState } from 'react';
import { limits } from '@confab/contract';
import { AuthCard, AuthForm, Button, FormError, PasswordField, TextField, TextLink } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { detailsOf } from '@confab/client/transport';
import { text } from '../../lib/text.ts';
import { trpc } from '../../lib/trpc.ts';
import type { AccountFormProps } from './sign-in-form.tsx';
import { useNameCheck } from './use-name-check.ts';
import { useReturn } from './use-return.ts';
import { useSchemas, type Schemas } from './use-schemas.ts';

const fields = ['name', 'email', 'password'] as const;
type Field = (typeof fields)[number];
type Problems = Partial<Record<Field, string>>;

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

/** What the server refused: which field, and the sentence. */
function refusedBy(error: unknown, name: string): { field: Field | undefined; sentence: string } {
  const details = detailsOf(error);
  if (details?.code === 'NAME_TAKEN')
    return { field: 'name', sentence: text.register.nameTakenMeanwhile(name) };
  if (details?.code === 'EMAIL_TAKEN') return { field: 'email', sentence: failureText(error) };
  return { field: fieldOf(details?.field), sentence: failureText(error) };
}

/** Name with its live check, email, password; then straight to the chat. */
export function RegisterForm({ next, host }: AccountFormProps) {
  const [input, setInput] = useState<Record<Field, string>>({ name: '', email: '', password: '' });
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string>();
  const back = useReturn(next);
  const schemas = useSchemas();
  const check = useNameCheck(input.name, schemas);
  const register = trpc.auth.register.useMutation({
    onSuccess: () => {
      location.assign(back.href);
    },
    onError: (error) => {
      const { field, sentence } = refusedBy(error, input.name);
      if (field) setProblems({ [field]: sentence });
      else setFailure(sentence);
    },
  });
  const busy = register.isPending || register.isSuccess;

  const change = (field: Field) => (event: { target: { value: string } }) => {
    setInput({ ...input, [field]: event.target.value });
    setProblems(({ [field]: _solved, ...rest }) => rest);
  };
  function submit() {
    const found = problemsOf(input, schemas);
    setProblems(found);
    setFailure(undefined);
    if (Object.keys(found).length === 0 && check.status?.kind !== 'taken' && !busy) register.mutate(input);
  }
  return (
    <AuthCard
      title={text.register.title}
      footnote={host}
      after={
        <>
          {text.register.haveAccount} <TextLink href={back.hrefOf('/sign-in')}>{text.signIn.title}</TextLink>
        </>
      }
    >
      <AuthForm onSubmit={submit}>
        <FormError>{failure}</FormError>
        <TextField
          label={text.register.name}
          size="lg"
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          placeholder={text.register.namePlaceholder}
          value={input.name}
          onChange={change('name')}
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
          value={input.email}
          onChange={change('email')}
          error={problems.email}
        />
        <PasswordField
          label={text.register.password}
          size="lg"
          name="password"
          autoComplete="new-password"
          placeholder={text.register.passwordPlaceholder(limits.passwordLengthMin)}
          value={input.password}
          onChange={change('password')}
          error={problems.password}
        />
        <Button variant="primary" size="lg" wide type="submit" busy={busy}>
          {text.register.submit}
        </Button>
      </AuthForm>
    </AuthCard>
  );
}
