import type { EventEmitter } from 'node:events';

interface Answered {
  readonly commandName: string;
  readonly reply: { readonly writeErrors?: readonly { readonly code: number }[] };
}

/** What a process asked of the database since the last reset. */
export interface WorkReport {
  /** Commands by name. */
  readonly commands: Record<string, number>;
  /** Inserts refused because another process took the rev. */
  readonly collisions: number;
}

/** Counts the commands of one MongoDB client that reports them (`monitorCommands`). */
export class DatabaseWork {
  #commands: Record<string, number> = {};
  #collisions = 0;

  constructor(client: Pick<EventEmitter, 'on'>) {
    client.on('commandSucceeded', ({ commandName, reply }: Answered) => {
      this.#commands[commandName] = (this.#commands[commandName] ?? 0) + 1;
      this.#collisions += reply.writeErrors?.filter(({ code }) => code === 11_000).length ?? 0;
    });
  }

  reset(): void {
    this.#commands = {};
    this.#collisions = 0;
  }

  report(): WorkReport {
    return { commands: this.#commands, collisions: this.#collisions };
  }
}
