import { inScope, ownScope } from '@confab/db';
import type { Log } from '@confab/log';

/** Work that an answer does not wait for. Each failure is told in the log; whatever is lost is made up for elsewhere. */
export interface Background {
  run(what: string, work: () => Promise<void>): void;
  /** Resolves once nothing is under way: before a process lets go of its database. */
  settled(): Promise<void>;
}

export function createBackground(log: Log): Background {
  const underWay = new Set<Promise<void>>();
  return {
    run(what, work) {
      // Whoever set it off may leave: it goes on.
      const done = inScope(ownScope, work).catch((error: unknown) => {
        log.warn('background.failed', { what, error });
      });
      underWay.add(done);
      void done.then(() => underWay.delete(done));
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
