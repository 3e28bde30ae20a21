import { ConfabError, type ErrorDetails } from '@confab/contract';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';

/**
 * What a call was refused with, and the sentence for people.
 * @throws Error when it was not refused, or by a bug
 */
export async function refusal(call: Promise<unknown>): Promise<ErrorDetails & { message: string }> {
  const error: unknown = await call.then(
    () => {
      throw new Error('the call was not refused');
    },
    (reason: unknown) => reason,
  );
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof ConfabError) return { ...cause.details, message: cause.message };
  if (cause instanceof ZodError) {
    return {
      code: 'BAD_INPUT',
      message: cause.issues[0]?.message ?? '',
      field: cause.issues[0]?.path.join('.') ?? '',
    };
  }
  throw error;
}
