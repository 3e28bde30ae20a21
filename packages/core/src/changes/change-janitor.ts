import type { Core } from '../core.ts';

const sweepEveryMs = 3_000;

/** Applies, again and again, what dead processes left pending. Every process has one; they may meet. */
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
        await core.changes.sweep();
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
