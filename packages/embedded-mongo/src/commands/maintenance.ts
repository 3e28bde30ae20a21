import { docOf } from '../bson/value.ts';
import { readSnapshot } from '../query/snapshot.ts';
import { validateCollection } from '../storage/validate-collection.ts';
import type { CommandDefinition } from './command.ts';
import { cursorReply, firstBatchDefault } from './cursor-reply.ts';

const validate: CommandDefinition = {
  fields: ['full', 'background'],
  run: async ({ store }, command) => {
    const { ns } = command.namespace();
    const collection = store.requireCollection(ns);
    const { records, keysPerIndex, faults } = await validateCollection(store, ns, command.pace());
    return docOf({
      ns,
      nrecords: records,
      nIndexes: collection.indexes.length,
      keysPerIndex: new Map(keysPerIndex),
      valid: faults.length === 0,
      warnings: [],
      errors: [...faults],
    });
  },
};

/** Not MongoDB's: a whole database at one moment, as a cursor, for backups (see snapshot.ts for its documents). */
const snapshotDatabase: CommandDefinition = {
  fields: ['batchSize'],
  run: async ({ store }, command) => {
    const ns = `${command.database}.$cmd.snapshotDatabase`;
    const pace = command.pace();
    const results = readSnapshot(store, command.database, pace);
    const batchSize = command.count('batchSize') ?? firstBatchDefault;
    return cursorReply(ns, await store.cursors.open({ ns, results, pace, batchSize }), 'firstBatch');
  },
};

export const maintenance: Record<string, CommandDefinition> = { validate, snapshotDatabase };
