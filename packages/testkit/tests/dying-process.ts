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

/** Every function of the stores that writes, but for marks, which nobody waits for. */
const allWrites = {
  timeline: writes,
  conversations: ['insert', 'raiseHints', 'applyChange'],
  memberships: ['createMissing', 'transition', 'markRecorded', 'raiseStart'],
  invitations: ['insert', 'takeUse', 'revoke', 'revokeAllBy', 'spendUses'],
} as const;

/** A process of which only the first writes arrive. */
export interface Dying {
  /** How many writes it tried: more than were let through, and it died. */
  readonly tried: () => number;
  readonly revive: () => void;
}

/** Lets so many writes of a process through, and none after them. */
export function dieAfter({ core: { db } }: Pick<Backend, 'core'>, count: number): Dying {
  let tried = 0;
  const revivals = Object.entries(allWrites).flatMap(([name, functions]) => {
    const store = db[name as keyof typeof allWrites] as unknown as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    return functions.map((key) => {
      const real = store[key];
      if (!real) throw new Error(`there is no ${name}.${key}`);
      store[key] = (...args) => {
        tried += 1;
        if (tried <= count) return real.apply(store, args);
        return Promise.reject(new Error(`this process died before ${name}.${key}`));
      };
      return () => {
        store[key] = real;
      };
    });
  });
  return {
    tried: () => tried,
    revive() {
      for (const revive of revivals) revive();
    },
  };
}

/**
 * Plays the same again and again, each time with one write more until nothing is cut off any more.
 * @param play gets a process that dies after so many writes, and plays and checks once
 */
export async function atEveryWrite(
  play: (die: (backend: Pick<Backend, 'core'>) => Dying) => Promise<void>,
): Promise<number> {
  for (let count = 0; ; count++) {
    const started: Dying[] = [];
    await play((backend) => {
      const dying = dieAfter(backend, count);
      started.push(dying);
      return dying;
    });
    const survived = started.every((dying) => dying.tried() <= count);
    for (const dying of started) dying.revive();
    if (survived) return count;
  }
}
