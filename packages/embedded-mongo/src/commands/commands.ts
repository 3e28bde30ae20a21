import { aggregate } from './aggregate.ts';
import { administration } from './administration.ts';
import type { CommandDefinition } from './command.ts';
import { collectionCommands } from './collection-commands.ts';
import { cursorCommands } from './cursor-commands.ts';
import { explain } from './explain.ts';
import { find } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { handshake } from './handshake.ts';
import { indexCommands } from './index-commands.ts';
import { maintenance } from './maintenance.ts';
import { readCommands } from './read-commands.ts';
import { writeCommands } from './write-commands.ts';

/** Every command by name; what is not here is refused as CommandNotFound. */
export const commands: ReadonlyMap<string, CommandDefinition> = new Map(
  Object.entries({
    ...handshake,
    ...administration,
    ...collectionCommands,
    ...indexCommands,
    ...cursorCommands,
    ...maintenance,
    ...readCommands,
    ...writeCommands,
    find,
    findAndModify,
    findandmodify: findAndModify,
    aggregate,
    explain,
  }),
);
