import { randomUUID } from 'node:crypto';
import { ConfabError, type ErrorDetails, errorTable, idSchema } from '@confab/contract';
import { runCall, toExpected } from '@confab/core';
import { initTRPC, TRPCError } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
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

interface Meta {
  /** Of a query: see {@link Call}. By what is asked for, as it came: nothing has checked it yet. */
  readonly cost?: number | ((input: unknown) => number);
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isServer: true,
    // Stacks never leave the server, whatever NODE_ENV says.
    isDev: false,
    errorFormatter({ shape, error }) {
      const { details, message } = describeError(error);
      // What a subscription throws was not seen by the middleware below, and counts as a failure of ours for tRPC.
      const { trpc, http } =
        error.cause instanceof ConfabError
          ? errorTable[details.code]
          : { trpc: error.code, http: shape.data.httpStatus };
      return {
        ...shape,
        code: TRPC_ERROR_CODES_BY_KEY[trpc],
        message,
        data: { code: trpc, httpStatus: http, confab: details },
      };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Which conversation a call was about, as far as its input says so. */
function conversationOf(input: unknown): string | null {
  const id: unknown = typeof input === 'object' && input !== null && Reflect.get(input, 'conversationId');
  const parsed = idSchema.safeParse(id);
  return parsed.success ? parsed.data : null;
}

/** Turns what core throws into what travels, and logs what nobody expected, once. */
const boundary = t.middleware(async ({ ctx, path, next, getRawInput }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  const known = toExpected(error.cause);
  if (known) {
    const conversationId = conversationOf(await getRawInput());
    const { userId = null } = ctx.actor ?? {};
    ctx.core.refusals.note({ code: known.code, path, userId, conversationId, address: ctx.origin.address });
  }
  // What was not begun, because its caller left or asked for too much, is no fault of the database.
  if (known?.cause !== undefined && known !== error.cause)
    ctx.core.log.warn('database.away', { path, error: error.cause });
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

/** Every call runs in its caller's name, and a query at its caller's expense, before anything is asked of the database. */
const inTurn = t.middleware(async ({ ctx, type, meta, path, getRawInput, next }) => {
  const { core, connection, origin } = ctx;
  const call = {
    type,
    actor: ctx.actor,
    address: origin.address,
    cost: type === 'query' ? costOf(path, meta, await getRawInput()) : 0,
    closed: connection.transport === 'server' ? undefined : connection.closed,
  };
  return runCall(core, call, () => next());
});

/** @throws Error for a query that nobody gave a cost */
function costOf(path: string, meta: Meta | undefined, input: unknown): number {
  const cost = meta?.cost;
  if (cost === undefined) throw new Error(`the query ${path} has no cost`);
  return typeof cost === 'number' ? cost : cost(input);
}

/** Open to everybody. */
export const publicProcedure = t.procedure.use(boundary).use(inTurn);

/** For the signed-in. A socket lives long: its session is checked for its end at every call. */
export const protectedProcedure = publicProcedure.use(({ ctx, next }) => {
  const { actor, sessionExpiresAt, revokedOwnerId } = ctx;
  if (!actor || !sessionExpiresAt || sessionExpiresAt <= ctx.core.now())
    throw new ConfabError('UNAUTHENTICATED', revokedOwnerId === null ? {} : { sessionRevoked: true });
  return next({ ctx: { ...ctx, actor } });
});

/** Of what answers with a cookie, which HTTP alone carries: elsewhere it is refused before anything is done. */
const carriesCookies = t.middleware(({ ctx, next }) => {
  if (ctx.connection.transport !== 'http') {
    throw new ConfabError('BAD_INPUT', { message: 'This is possible over HTTP only.' });
  }
  return next();
});

/** Open to everybody, over HTTP: its answer begins a session in the browser, or ends it. */
export const cookieProcedure = publicProcedure.use(carriesCookies);
export const protectedCookieProcedure = protectedProcedure.use(carriesCookies);
