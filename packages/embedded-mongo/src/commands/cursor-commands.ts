import { docOf, isNumeric, type Value } from '../bson/value.ts';
import { toInteger } from '../bson/number.ts';
import { StoreError } from '../errors/store-error.ts';
import type { CommandDefinition } from './command.ts';
import { cursorReply } from './cursor-reply.ts';

function cursorId(value: Value | undefined): bigint {
  const id = isNumeric(value) ? toInteger(value) : undefined;
  if (id === undefined) throw new StoreError('TypeMismatch', 'cursor ids must be of type long');
  return id;
}

const getMore: CommandDefinition = {
  fields: ['collection', 'batchSize', 'maxTimeMS'],
  run: async ({ store }, command) => {
    const ns = `${command.database}.${command.text('collection')}`;
    const id = cursorId(command.fields.get('getMore'));
    return cursorReply(ns, await store.cursors.getMore(id, ns, command.count('batchSize') ?? 0), 'nextBatch');
  },
};

const killCursors: CommandDefinition = {
  fields: ['cursors'],
  run: ({ store }, command) => {
    const { ns } = command.namespace();
    const killed: bigint[] = [];
    const missing: bigint[] = [];
    for (const value of command.array('cursors')) {
      const id = cursorId(value);
      (store.cursors.kill(id, ns) ? killed : missing).push(id);
    }
    return docOf({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
  },
};

export const cursorCommands: Record<string, CommandDefinition> = { getMore, killCursors };
