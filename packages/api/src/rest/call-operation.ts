import type { IncomingHttpHeaders } from 'node:http';
import { type ClientId, newClientId } from '@confab/contract';
import { callTRPCProcedure } from '@trpc/server';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import type { RestRequest } from './create-rest-api.ts';
import { clientIdFromKey } from './idempotency-key.ts';
import type { Operation } from './operation.ts';
import { readBody } from './read-body.ts';
import { type Fields, readInput } from './read-input.ts';

/**
 * Calls an operation's procedure with what a request gives it.
 * @throws TRPCError (the procedure's own), ConfabError BAD_INPUT, TOO_LARGE, UNAVAILABLE
 */
export async function callOperation(
  operation: Operation,
  request: RestRequest,
  place: Pick<Fields, 'params' | 'query'>,
): Promise<{ status: number; body: string }> {
  const body = readBody(await request.readBody(), request.headers);
  const input = readInput(operation, { ...place, body });
  const ctx = await request.openContext();
  const result: unknown = await callTRPCProcedure({
    router: appRouter,
    path: operation.procedure,
    type: operation.method === 'GET' ? 'query' : 'mutation',
    getRawInput: async () =>
      operation.idempotent ? { ...input, clientId: clientIdOf(request.headers, ctx) } : input,
    ctx,
    signal: ctx.connection.transport === 'http' ? ctx.connection.closed : undefined,
    batchIndex: 0,
  });
  if (operation.answer === null) return { status: 204, body: '' };
  return { status: operation.created ? 201 : 200, body: JSON.stringify(result) };
}

/** Without a key every request is one of its own. The procedure refuses whoever is not signed in. */
function clientIdOf(headers: IncomingHttpHeaders, { actor }: Context): ClientId {
  const key = headers['idempotency-key'];
  return key === undefined || !actor ? newClientId() : clientIdFromKey(actor.userId, String(key));
}
