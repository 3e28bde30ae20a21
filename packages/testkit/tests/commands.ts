import { settled, type World } from '../src/index.ts';

export interface Commands {
  /** What a call makes the world's first process send to the database, `find timeline` and so on, in order. */
  readonly during: (call: () => Promise<unknown>) => Promise<readonly string[]>;
}

const counted = ['find', 'aggregate', 'insert', 'update', 'delete', 'findAndModify'];

/** Whether a process looks for what others left half done, which it does every few seconds whatever is asked of it. */
export function isJanitors({ filter }: Readonly<Record<string, unknown>>): boolean {
  if (typeof filter !== 'object' || filter === null) return false;
  const keys = Object.keys(filter);
  return !keys.includes('conversationId') && (keys.includes('pending') || keys.includes('unrecorded.change'));
}

/** Counts what a world sends that was created with `monitorCommands`. Work in the background is waited for. */
export function commandsOf({ backend }: World): Commands {
  let sent: string[] = [];
  backend.core.db.connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (counted.includes(commandName) && !isJanitors(command))
      sent.push(`${commandName} ${String(command[commandName])}`);
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
