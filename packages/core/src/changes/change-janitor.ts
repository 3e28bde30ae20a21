import type { Core } from '../core.ts';
import { sweepMembers } from '../members/sweep-members.ts';
import { abandonedAfterMs } from './change-applier.ts';

const sweepEveryMs = 3_000;

/** Completes, again and again, what dead processes left half done. Every process has one; they may meet. */
export interface ChangeJanitor {
  close(): void;
}

export function createChangeJanitor(core: Core): ChangeJanitor {
  let sweeping = false;
  const sweeps = setInterval(() => {
    if (sweeping) return;
    sweeping = true;
    core.background.run('sweep changes', async () => {
      try {
        const before = new Date(core.now().getTime() - abandonedAfterMs);
        await core.changes.sweep(before);
        await sweepMembers(core, before);
      } finally {
        sweeping = false;
      }
    });
  }, sweepEveryMs);
  return {
    close() {
      clearInterval(sweeps);
    },
  };
}
