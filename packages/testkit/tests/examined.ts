import type { World } from '../src/index.ts';

/** What one find command made the database look at. */
export interface Examined {
  readonly collection: string;
  readonly documents: number;
  readonly keys: number;
}

type Command = Record<string, unknown>;

/**
 * Runs a call and explains every find that the world's first process sent for it. The world has to be created with
 * `monitorCommands`.
 */
export async function examinedBy(
  { backend }: World,
  call: () => Promise<unknown>,
): Promise<readonly Examined[]> {
  const { connection } = backend.core.db;
  const sent: Command[] = [];
  const note = ({ command }: { command: Command }) => {
    if (typeof command['find'] === 'string') sent.push(command);
  };
  const client = connection.getClient().on('commandStarted', note);
  await call();
  await backend.core.background.settled();
  client.off('commandStarted', note);
  return Promise.all(
    sent.map(async ({ find, filter, sort, limit, hint, skip }) => {
      const given = Object.entries({ find, filter, sort, limit, hint, skip });
      const explain = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      const answer = await connection.db?.command({ explain, verbosity: 'executionStats' });
      const stats = answer?.['executionStats'] as { totalDocsExamined: number; totalKeysExamined: number };
      return {
        collection: String(find),
        documents: stats.totalDocsExamined,
        keys: stats.totalKeysExamined,
      };
    }),
  );
}
