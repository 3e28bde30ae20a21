import type { Backend } from '@confab/api';
import { round } from '../store/measure.mjs';

/** What a call asks of the database, and how many documents that makes it look at. Means over several calls. */
export interface DatabaseCost {
  readonly commands: number;
  readonly documents: number;
}

type Command = Record<string, unknown>;

const counted = ['find', 'insert', 'update', 'delete', 'findAndModify'];

/** The searches of a command, as finds that can be explained. */
function searchesOf(name: string, command: Command): Command[] {
  if (name === 'find') {
    const { find, filter, sort, limit, hint } = command;
    const given = Object.entries({ find, filter, sort, limit, hint });
    return [Object.fromEntries(given.filter(([, value]) => value !== undefined))];
  }
  if (name === 'findAndModify') return [{ find: command[name], filter: command['query'] }];
  const parts = (command[`${name}s`] ?? []) as readonly { q?: unknown }[];
  return name === 'insert' ? [] : parts.map(({ q }) => ({ find: command[name], filter: q }));
}

/** The backend has to be opened with `monitorCommands`. Work in the background counts with the call that began it. */
export async function databaseCost(
  { core }: Backend,
  calls: readonly (() => Promise<unknown>)[],
): Promise<DatabaseCost> {
  const { connection } = core.db;
  const sent: { commandName: string; command: Command }[] = [];
  const note = (event: { commandName: string; command: Command }) => {
    if (counted.includes(event.commandName)) sent.push(event);
  };
  const client = connection.getClient().on('commandStarted', note);
  for (const call of calls) await call();
  await core.background.settled();
  client.off('commandStarted', note);
  let documents = 0;
  for (const search of sent.flatMap(({ commandName, command }) => searchesOf(commandName, command))) {
    const answer = await connection.db?.command({ explain: search, verbosity: 'executionStats' });
    documents += (answer?.['executionStats'] as { totalDocsExamined: number }).totalDocsExamined;
  }
  return { commands: round(sent.length / calls.length), documents: round(documents / calls.length) };
}
