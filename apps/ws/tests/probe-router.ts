import type { Context } from '@confab/api';
import { initTRPC } from '@trpc/server';

const t = initTRPC.context<Context>().create();

/** What a probe's procedures did, and how they go on. */
export interface Probe {
  /** Calls of `held` that were made, and those that are under way. */
  readonly made: () => number;
  readonly underWay: () => number;
  /** Answers the calls of `held` that are under way. */
  release(): void;
  /** The signals of the connections that called. */
  readonly closed: readonly AbortSignal[];
}

/** A router that stands for any: whoever guards sockets knows none. */
export function probeRouter() {
  let made = 0;
  let underWay: (() => void)[] = [];
  const closed = new Set<AbortSignal>();
  const held = t.procedure.query(async ({ ctx }) => {
    made += 1;
    if (ctx.connection.transport !== 'server') closed.add(ctx.connection.closed);
    await new Promise<void>((resolve) => underWay.push(resolve));
    return null;
  });
  const probe: Probe = {
    made: () => made,
    underWay: () => underWay.length,
    release() {
      const released = underWay;
      underWay = [];
      for (const answer of released) answer();
    },
    get closed() {
      return [...closed];
    },
  };
  const router = t.router({
    held,
    /** So many bytes. */
    large: t.procedure.input((bytes) => Number(bytes)).query(({ input }) => 'x'.repeat(input)),
    largeChange: t.procedure.input((bytes) => Number(bytes)).mutation(({ input }) => 'x'.repeat(input)),
    /** One event, and then none. */
    feed: t.procedure.subscription(async function* ({ signal }) {
      yield 'begun';
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    }),
  });
  return { router, probe };
}
