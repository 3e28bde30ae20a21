import { ConfabError, limits, typingInput } from '@confab/contract';
import { liveEvents, liveHints, liveTyping, noteTyping, type Pace, readPresence } from '@confab/core';
import type { Context } from '../context.ts';
import { protectedProcedure, router } from '../trpc.ts';

/**
 * Runs one subscription of a socket: it ends when its signal says so, and a socket holds a bounded number of them.
 * @throws ConfabError BAD_INPUT (not a socket), RATE_LIMITED (too many)
 */
async function* counted<T>(
  { connection }: Context,
  signal: AbortSignal | undefined,
  open: (reading: { signal: AbortSignal; pace: Pace | undefined }) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  if (!signal || connection.transport !== 'socket') {
    throw new ConfabError('BAD_INPUT', { message: 'Subscriptions need a socket.' });
  }
  if (connection.subscriptions.size >= limits.subscriptionsPerSocketMax) {
    throw new ConfabError('RATE_LIMITED', { message: 'This socket has too many subscriptions.' });
  }
  connection.subscriptions.add(signal);
  try {
    yield* open({ signal, pace: connection.pace });
  } finally {
    connection.subscriptions.delete(signal);
  }
}

export const liveRouter = router({
  /** Durable events: compare heads after `live.ready` and after every `live.resync`. */
  events: protectedProcedure.subscription(async function* ({ ctx, signal }) {
    yield* counted(ctx, signal, (reading) => liveEvents(ctx.core, ctx.actor, reading));
  }),

  /** Hints, allowed to be lost: presence. Apart from the events, whose place in the stream they must not touch. */
  hints: protectedProcedure.subscription(async function* ({ ctx, signal }) {
    yield* counted(ctx, signal, (reading) => liveHints(ctx.core, reading));
  }),

  /** Who else is writing in one conversation. Ends with the reader's access to it. */
  typing: protectedProcedure.input(typingInput).subscription(async function* ({ ctx, input, signal }) {
    yield* counted(ctx, signal, (reading) => liveTyping(ctx.core, ctx.actor, { ...input, ...reading }));
  }),

  noteTyping: protectedProcedure.input(typingInput).mutation(async ({ ctx, input }) => {
    await noteTyping(ctx.core, ctx.actor, input.conversationId);
    return null;
  }),
});

export const presenceRouter = router({
  snapshot: protectedProcedure.meta({ cost: 3 }).query(({ ctx }) => readPresence(ctx.core)),
});
