import { setTimeout as delay } from 'node:timers/promises';
import { type Doc, docOf } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { checkCollation, checkReadConcern, checkWriteConcern } from './check-concerns.ts';
import { checkDatabaseName, Command, type CommandContext } from './command.ts';
import { commands } from './commands.ts';

/** Fields that any command may carry. */
const genericFields = new Set([
  '$db',
  '$readPreference',
  '$clusterTime',
  'lsid',
  'comment',
  'maxTimeMS',
  'readConcern',
  'writeConcern',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'collation',
]);

/** Why a command gets no reply: the failpoint closes its connection. */
export class ConnectionClosed extends Error {}

/** Runs one command and answers its reply document; refusals are replies too. */
export async function runCommand(context: CommandContext, fields: Doc): Promise<Doc> {
  const [name = ''] = fields.keys();
  try {
    const injected = context.failPoint.take(name);
    if (injected !== undefined) {
      if (injected.blockMs > 0) await delay(injected.blockMs);
      if (injected.closeConnection) throw new ConnectionClosed();
      if (injected.error !== undefined) throw injected.error;
    }
    const reply = await dispatch(context, name, fields);
    if (injected?.writeConcernError !== undefined) reply.set('writeConcernError', injected.writeConcernError);
    reply.set('ok', 1);
    return reply;
  } catch (error) {
    if (error instanceof ConnectionClosed) throw error;
    return errorReply(context, name, error);
  }
}

export function errorReply(context: CommandContext, name: string, error: unknown): Doc {
  const known = error instanceof StoreError;
  if (!known) {
    const stack = error instanceof Error ? error.stack : String(error);
    context.store.log({ level: 'error', msg: 'command failed unexpectedly', command: name, stack });
  }
  const message = error instanceof Error ? error.message : String(error);
  const refusal = known ? error : new StoreError('InternalError', message);
  return docOf({
    ok: 0,
    errmsg: refusal.message,
    code: refusal.code,
    codeName: refusal.codeName,
    ...Object.fromEntries(refusal.extra ?? []),
  });
}

async function dispatch(context: CommandContext, name: string, fields: Doc): Promise<Doc> {
  const definition = commands.get(name);
  if (definition === undefined) throw new StoreError('CommandNotFound', `no such command: '${name}'`);
  const database = fields.get('$db');
  if (typeof database !== 'string') throw new StoreError(40571, 'OP_MSG requests require a $db argument');
  checkDatabaseName(database);
  for (const field of definition.fields === 'any' ? [] : fields.keys()) {
    if (field !== name && !genericFields.has(field) && !definition.fields.includes(field)) {
      throw new StoreError(40415, `BSON field '${name}.${field}' is an unknown field.`);
    }
  }
  checkGeneric(fields);
  return definition.run(context, new Command(name, database, fields));
}

function checkGeneric(fields: Doc): void {
  const transactional = ['txnNumber', 'autocommit', 'startTransaction'].some((field) => fields.has(field));
  if (transactional) {
    throw new StoreError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  checkCollation(fields.get('collation'));
  checkReadConcern(fields.get('readConcern'));
  checkWriteConcern(fields.get('writeConcern'));
}
