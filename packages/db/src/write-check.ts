import type { Log } from '@confab/log';
import type { Connection } from 'mongoose';

/** A write costs the disk something, so an answer is good for a while. While writes fail people wait for the next one. */
const goodForMs = 30_000;
const badForMs = 2_000;
/** Longer counts as unknown, as for any other write. */
const timeoutMs = 5_000;

const outOfDiskSpace = 14_031;

/**
 * Finds out whether the database takes writes, by one, when somebody asks; those who ask within 30 s (2 s while it takes
 * none) share the answer. What the last writes of people came to would tell nothing of a quiet hour, and a database may
 * answer pings, and reads, for days with its disk full.
 * @returns why it takes none, in a sentence; null when it does
 */
export function createWriteCheck(
  connection: Connection,
  { log, now = () => performance.now() }: { readonly log: Log; readonly now?: (() => number) | undefined },
): () => Promise<string | null> {
  let answer: { readonly at: number; readonly refusal: string | null } | null = null;
  let running: Promise<string | null> | null = null;

  const check = async (): Promise<string | null> => {
    const error = await tryWrite(connection);
    const refusal = error === null ? null : sentenceOf(error);
    if (refusal !== (answer?.refusal ?? null)) {
      if (error === null) log.info('database.takesWrites');
      else log.warn('database.refusesWrites', { error });
    }
    answer = { at: now(), refusal };
    return refusal;
  };
  return async () => {
    if (answer && now() - answer.at < (answer.refusal === null ? goodForMs : badForMs)) return answer.refusal;
    running ??= check().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Null when it was stored. */
async function tryWrite(connection: Connection): Promise<unknown> {
  try {
    if (!connection.db) throw new Error('the database connection is not open');
    // Beside the epoch, as one more fact about this database; another text each time, or it would be no write.
    const value = new Date().toISOString();
    await connection.db
      .collection<{ _id: string; value: string }>('facts')
      .replaceOne({ _id: 'written' }, { value }, { upsert: true, timeoutMS: timeoutMs });
    return null;
  } catch (error) {
    return error;
  }
}

function sentenceOf(error: unknown): string {
  const isFull = error instanceof Error && 'code' in error && error.code === outOfDiskSpace;
  return isFull
    ? 'The disk of the database is full or failing: nothing can be stored.'
    : 'The database takes no writes now: nothing can be stored.';
}
