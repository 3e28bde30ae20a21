import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const placesSchema = z.object({ epoch: z.string(), since: z.string(), next: z.record(z.string(), z.int()) });

/** Up to where the bot has answered, over restarts. */
export interface Places {
  /** When the bot was started for the first time. ISO 8601. */
  readonly since: string;
  /** The rev of the first entry that is not answered yet; undefined where the bot never was. */
  get(conversationId: string): number | undefined;
  set(conversationId: string, rev: number): void;
}

/** Revs of another epoch, before the server was restored from a backup, mean nothing: the bot is new then. */
export function openPlaces(file: string, epoch: string): Places {
  const read = existsSync(file) ? placesSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  const kept = read?.epoch === epoch ? read : { epoch, since: new Date().toISOString(), next: {} };
  const next = new Map(Object.entries(kept.next));
  const write = () => {
    // Written beside and renamed: the file is whole whenever the process ends.
    writeFileSync(`${file}.new`, JSON.stringify({ ...kept, next: Object.fromEntries(next) }));
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    since: kept.since,
    get: (conversationId) => next.get(conversationId),
    set(conversationId, rev) {
      next.set(conversationId, rev);
      write();
    },
  };
}
