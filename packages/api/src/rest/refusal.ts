import { randomUUID } from 'node:crypto';
import { ConfabError } from '@confab/contract';
import type { Log } from '@confab/log';
import { TRPCError } from '@trpc/server';
import { describeError } from '../trpc.ts';
import type { Refusal } from './problem.ts';

/** The path answers to other methods. */
export class MethodRefused extends Error {
  override readonly name = 'MethodRefused';
  readonly allow: string;

  constructor(allow: string) {
    super('This path does not answer to this method.');
    this.allow = allow;
  }
}

/** What the caller is told of a failure. What a procedure threw is logged already, at the router's boundary. */
export function toRefusal(error: unknown, log: Log): Refusal & { headers?: Record<string, string> } {
  if (error instanceof TRPCError) return describeError(error);
  if (error instanceof MethodRefused) {
    const { message, allow } = error;
    return { details: { code: 'BAD_INPUT' }, message, status: 405, headers: { allow } };
  }
  if (error instanceof ConfabError) {
    if (error.code === 'UNAVAILABLE') log.error('request.failed', { error });
    return { details: error.details, message: error.message };
  }
  const correlationId = randomUUID();
  log.error('request.failed', { correlationId, error });
  const { details, message } = new ConfabError('INTERNAL', { correlationId });
  return { details, message };
}
