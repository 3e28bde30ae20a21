import type { EntriesAppended } from '@confab/contract';
import { type Core, createCore } from '@confab/core';
import type { Database } from '@confab/db';
import type { Mutant } from '../mutants.ts';
import { type Gate, Life } from './gate.ts';

/** What was published, by whichever process. The test delivers it: late, twice, in any order, or never. */
export type Bus = EntriesAppended[];

export interface ProcessParts {
  readonly gate: Gate;
  readonly bus: Bus;
  readonly mutant: Mutant;
  /** Its own connection. */
  readonly db: Database;
  /** Of a real process: where everything else comes from. */
  readonly core: Core;
}

/** A process that can die and start again over one database connection; each time with an empty memory. */
export class Process {
  readonly #parts: ProcessParts;
  /** Gives the stores back as they were. */
  readonly leave: () => void;
  #life = new Life();
  #core: Core;

  constructor(parts: ProcessParts) {
    this.#parts = parts;
    const { db } = parts;
    this.leave = parts.gate.guard(
      [db.timeline, db.conversations, db.memberships, db.users],
      () => this.#life,
    );
    // After the gate: the mutant's own calls wait like those that it replaces.
    parts.mutant(db);
    this.#core = this.#start();
  }

  get core(): Core {
    return this.#core;
  }

  /** Memory is lost, what is under way is never answered. */
  die(): void {
    this.#life.alive = false;
    this.#life = new Life();
    this.#core = this.#start();
  }

  #start(): Core {
    const { db, bus, core } = this.#parts;
    const { pubsub, passwords, sessions, log } = core;
    const unlimited = { consume: done, refund: done, peek: done };
    const life = this.#life;
    const started = createCore({
      db,
      passwords,
      sessions,
      log,
      pubsub: {
        ...pubsub,
        limiter: () => unlimited,
        publishToUser: done,
        publishToConversation: (_, event) => {
          if (event.type === 'entries.appended' && life.alive) bus.push(event);
          return done();
        },
      },
    });
    // Without their timer, so that a run depends on nothing but its steps.
    const senderMarks: Core['senderMarks'] = {
      raise: (conversationId, userId, rev) => {
        started.background.run('raise sender marks', async () => {
          const marks = { deliveredSeq: rev, readSeq: rev };
          await db.memberships.raiseWatermarks(userId, conversationId, marks);
        });
      },
      flush: () => undefined,
    };
    return { ...started, senderMarks };
  }
}

function done(): Promise<void> {
  return Promise.resolve();
}
