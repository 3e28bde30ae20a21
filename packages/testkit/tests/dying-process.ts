import type { Backend } from '@confab/api';
import { vi } from 'vitest';

type Timeline = Backend['core']['db']['timeline'];
export type TimelineWrite = 'insertBatch' | 'applyEdit' | 'applyReaction' | 'applyDeletion' | 'clearPending';
const writes: readonly TimelineWrite[] = [
  'insertBatch',
  'applyEdit',
  'applyReaction',
  'applyDeletion',
  'clearPending',
];

/**
 * Ends what a process does to the database: from this write on, nothing of it arrives. The rest of the process may go
 * on and is not asked any more. Resolves when that write was due.
 */
export function dieBefore({ core: { db } }: Backend, write: TimelineWrite): Promise<void> {
  let dead = false;
  return new Promise((died) => {
    const dying = <T>(name: TimelineWrite | 'raiseHints', real: () => Promise<T>): Promise<T> => {
      if (name === write) {
        dead = true;
        died();
      }
      return dead ? Promise.reject(new Error(`this process died before ${write}`)) : real();
    };
    for (const name of writes) intercept(db.timeline, name, dying);
    const raiseHints = db.conversations.raiseHints.bind(db.conversations);
    vi.spyOn(db.conversations, 'raiseHints').mockImplementation((...args) =>
      dying('raiseHints', () => raiseHints(...args)),
    );
  });
}

function intercept(
  timeline: Timeline,
  name: TimelineWrite,
  dying: <T>(name: TimelineWrite, real: () => Promise<T>) => Promise<T>,
): void {
  const real = timeline[name].bind(timeline) as (...args: unknown[]) => Promise<never>;
  const spy = vi.spyOn(timeline, name) as unknown as {
    mockImplementation(call: (...args: unknown[]) => Promise<never>): void;
  };
  spy.mockImplementation((...args) => dying(name, () => real(...args)));
}
