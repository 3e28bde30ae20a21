import { randomUUID } from 'node:crypto';
import { ConfabError, type ErrorDetails, errorTable } from '@confab/contract';
import { toExpected } from '@confab/core';
import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { Context } from './context.ts';

/** The first problem of a refused input, as the person should read it. */
function inputDetails(error: ZodError): { details: ErrorDetails; message: string } {
  const [issue] = error.issues;
  const field = issue?.path.join('.');
  return {
    details: { code: 'BAD_INPUT', ...(field && { field }) },
    message: issue?.message ?? errorTable.BAD_INPUT.sentence,
  };
}

/** What the caller of a procedure is told of its failure. */
export function describeError(error: TRPCError): { details: ErrorDetails; message: string } {
  const { cause } = error;
  if (cause instanceof ConfabError) return { details: cause.details, message: cause.message };
  if (cause instanceof ZodError) return inputDetails(cause);
  if (cause instanceof UnexpectedError) {
    const details: ErrorDetails = { code: 'INTERNAL', correlationId: cause.correlationId };
    return { details, message: errorTable.INTERNAL.sentence };
  }
  // What tRPC itself refuses: an unknown procedure, a body that is not JSON, a wrong method.
  const code =
    error.code === 'NOT_FOUND' ? 'NOT_FOUND' : error.code === 'PAYLOAD_TOO_LARGE' ? 'TOO_LARGE' : 'BAD_INPUT';
  return { details: { code }, message: errorTable[code].sentence };
}

/** A bug. Its stack is in the log under the correlation id, and nowhere else. */
class UnexpectedError extends Error {
  override readonly name = 'UnexpectedError';
  readonly correlationId = randomUUID();
}

const t = initTRPC.context<Context>().create({
  isServer: true,
  // Stacks never leave the server, whatever NODE_ENV says.
  isDev: false,
  errorFormatter({ shape, error }) {
    const { details, message } = describeError(error);
    return {
      ...shape,
      message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, confab: details },
    };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Turns what core throws into what travels, and logs what nobody expected, once. */
const boundary = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  const known = toExpected(error.cause);
  if (known && known !== error.cause) ctx.core.log.warn('database.away', { path, error: error.cause });
  if (known) throw new TRPCError({ code: errorTable[known.code].trpc, message: known.message, cause: known });
  if (error.code !== 'INTERNAL_SERVER_ERROR') return result;
  const unexpected = new UnexpectedError();
  ctx.core.log.error('error.unexpected', {
    correlationId: unexpected.correlationId,
    path,
    userId: ctx.actor?.userId ?? null,
    error: error.cause ?? error,
  });
  throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: unexpected });
});

/** Open to everybody. */
export const publicProcedure = t.procedure.use(boundary);

/** For the signed-in. A socket lives long: its session is checked for its end at every call. */
export const protectedProcedure = publicProcedure.use(({ ctx, next }) => {
  const { actor, sessionExpiresAt } = ctx;
  if (!actor || !sessionExpiresAt || sessionExpiresAt <= ctx.core.now())
    throw new ConfabError('UNAUTHENTICATED');
  return next({ ctx: { ...ctx, actor } });
});
