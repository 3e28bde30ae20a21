'use client';
import { useQuery } from '@tanstack/react-query';
import { limits } from '@confab/contract';
import type { FieldStatus } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useClient } from '../../lib/use-client.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import type { Schemas } from './use-schemas.ts';

const settleMs = 300;

export interface NameCheck {
  readonly status?: FieldStatus;
  readonly error?: string;
  readonly hint?: string;
}

/** What to say under a name while it is typed: its form at once, whether it is free once the typing stops. */
export function useNameCheck(name: string, schemas: Schemas | null): NameCheck {
  const settled = useDebounced(name, settleMs);
  const parsed = schemas?.userNameSchema.safeParse(name);
  const client = useClient();
  const check = useQuery({
    queryKey: ['nameAvailable', settled],
    queryFn: ({ signal }) => client.auth.nameAvailable.query({ name: settled }, { signal }),
    enabled: parsed?.success === true && settled === name,
  });

  if (name === '') return { hint: text.register.nameHint };
  if (!parsed) return { status: { kind: 'checking', text: text.register.checking } };
  if (!parsed.success) {
    const problem = parsed.error.issues[0]?.message ?? text.register.nameHint;
    // Somebody who has only begun has made no mistake yet.
    return name.length < limits.nameLengthMin ? { hint: problem } : { error: problem };
  }
  if (settled !== name || check.isPending)
    return { status: { kind: 'checking', text: text.register.checking } };
  if (check.isError) return { status: { kind: 'warn', text: text.register.notChecked } };
  return check.data.available
    ? { status: { kind: 'ok', text: text.register.nameFree(name) } }
    : { status: { kind: 'taken', text: text.register.nameTaken(name) } };
}
