import { settled, type World } from '../src/index.ts';

export interface Commands {
  /** What a call makes the world's first process send to the database, `find timeline` and so on, in order. */
  readonly during: (call: () => Promise<unknown>) => Promise<readonly string[]>;
}

const counted = ['find', 'aggregate', 'insert', 'update', 'delete', 'findAndModify'];

/** Counts what a world sends that was created with `monitorCommands`. Work in the background is waited for. */
export function commandsOf({ backend }: World): Commands {
  let sent: string[] = [];
  backend.core.db.connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (counted.includes(commandName)) sent.push(`${commandName} ${String(command[commandName])}`);
  });
  return {
    async during(call) {
      await settled(backend);
      const during: string[] = [];
      sent = during;
      await call();
      await backend.core.background.settled();
      sent = [];
      return during;
    },
  };
}
