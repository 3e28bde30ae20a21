import { errorTable, limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { createGuard, type Guard } from './guard/create-guard.ts';
import type { GuardLimits, RefusedCall } from './guard/guard-options.ts';

/** As the product has them. */
export const guardLimits: GuardLimits = {
  inflow: {
    callsMax: limits.callsInFlightMax,
    waitingFramesMax: limits.waitingFramesMax,
    waitingBytesMax: limits.messageBytesMax,
  },
  outflow: {
    unacknowledgedBytesMax: limits.unacknowledgedBytesMax,
    waitingBytesMax: limits.waitingBytesMax,
  },
  batchMax: limits.batchCallsMax,
  socketBudget: limits.socketBudget,
  personBudget: limits.personSocketBudget,
  stalledMs: limits.stalledReaderMs,
  quietMs: limits.quietSocketMs,
};

/** By then a client that reads has read what stood in the way. */
const unreadRetryMs = 1_000;

interface OpenGuardOptions {
  readonly log: Log;
  /** For tests. */
  readonly limits?: GuardLimits;
  readonly lookEveryMs?: number;
}

/** The guard, with the product's limits, refusals and log. */
export function openGuard({ log, limits: given = guardLimits, lookEveryMs }: OpenGuardOptions): Guard {
  return createGuard({
    limits: given,
    ...(lookEveryMs !== undefined && { lookEveryMs }),
    refusal,
    onEvent({ type, person, ...fields }) {
      log.warn(`socket.${type}`, { userId: person, ...fields });
    },
  });
}

function refusal(refused: RefusedCall): object {
  const code = refused === 'unread' ? 'RATE_LIMITED' : 'BAD_INPUT';
  const { trpc, http, sentence } = errorTable[code];
  return {
    code: TRPC_ERROR_CODES_BY_KEY[trpc],
    message: refused === 'unread' ? sentence : 'This request id is in use.',
    data: {
      code: trpc,
      httpStatus: http,
      confab: { code, ...(refused === 'unread' && { retryAfterMs: unreadRetryMs }) },
    },
  };
}
