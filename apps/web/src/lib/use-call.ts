'use client';
import { useMutation, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';
import type { Client } from './client.ts';
import { useClient } from './use-client.ts';

interface Procedure<Input, Output> {
  mutate(input: Input): Promise<Output>;
}

/** A procedure that changes something, with where its latest call stands. */
export function useCall<Input, Output>(
  procedureOf: (client: Client) => Procedure<Input, Output>,
  options: Pick<UseMutationOptions<Output, Error, Input>, 'onSuccess' | 'onError'> = {},
): UseMutationResult<Output, Error, Input> {
  const client = useClient();
  return useMutation({ ...options, mutationFn: (input: Input) => procedureOf(client).mutate(input) });
}
