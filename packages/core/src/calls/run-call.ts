import { limits } from '@confab/contract';
import { FairGate, inScope } from '@confab/db';
import { addressKey } from '../address-key.ts';
import type { Actor, Core } from '../core.ts';

/** A call, as far as it concerns those who wait beside it. */
export interface Call {
  /** Null for a stranger, who is counted by address. */
  readonly actor: Actor | null;
  readonly address: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Of a query, in points of the caller's budget; about a millisecond of this process and its database each. */
  readonly cost: number;
  /** Aborted when the caller has left. */
  readonly closed: AbortSignal | undefined;
}

/** The queries of a process that run at once, in turns by caller: their results are what it holds in memory. */
export function createReadGate(): FairGate {
  return new FairGate({
    atOnceMax: limits.readsMax,
    atOncePerKeyMax: limits.readsPerPersonMax,
    waitingMax: limits.readsWaitingMax,
    waitingPerKeyMax: limits.readsWaitingPerPersonMax,
  });
}

/**
 * Runs a call in the name of its caller, for whom everything that it asks of the database takes turns. A query is paid
 * for from its caller's budget first, and given up when the caller leaves; what changes something runs to its end.
 * @throws ConfabError RATE_LIMITED, NotBegunError, and what the work throws
 */
export async function runCall<Result>(core: Core, call: Call, work: () => Promise<Result>): Promise<Result> {
  const { actor, type, closed } = call;
  const key = actor?.userId ?? addressKey(call.address);
  if (type !== 'query') return inScope({ key, kind: 'write' }, work);
  await (actor ? core.limits.reads : core.limits.strangers).consume(key, call.cost);
  const scope = { key, kind: 'read' as const, signal: closed };
  return core.reads.run(scope, () => inScope(scope, work));
}
