import { type Doc, docOf, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { toNumber } from '../bson/number.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import type { Store } from '../storage/store.ts';
import { insertDocument } from '../storage/write-document.ts';
import { compileUpdate } from '../update/compile-update.ts';
import { deleteInside, deleteOutside } from '../write/delete-documents.ts';
import { type NewDocument, prepareInsert } from '../write/insert-documents.ts';
import type { Selection } from '../write/select-targets.ts';
import {
  type UpdateResult,
  type UpdateStatement,
  updateInside,
  updateOutside,
} from '../write/update-documents.ts';
import { ensureCollection } from './collection-commands.ts';
import { type Command, type CommandDefinition, statementDoc } from './command.ts';
import { hintOf } from './find.ts';
import { writeBatchMax } from './handshake.ts';
import { checkCollation } from './run-command.ts';
import { compileConditions } from '../query/compile-filter.ts';

const common = ['ordered', 'bypassDocumentValidation', 'let', 'maxTimeMS'];

/** A refused statement as a write command reports it. */
function writeError(index: number, error: unknown): Doc {
  if (!(error instanceof StoreError)) throw error;
  return docOf({ index, code: error.code, ...Object.fromEntries(error.extra ?? []), errmsg: error.message });
}

function statements(command: Command, field: string): Value[] {
  const list = command.array(field);
  if (list.length === 0 || list.length > writeBatchMax) {
    throw new StoreError(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${writeBatchMax}. Got ${list.length} operations.`,
    );
  }
  return list;
}

function isOrdered(command: Command): boolean {
  return command.get('ordered') === undefined || command.bool('ordered');
}

const insert: CommandDefinition = {
  fields: [...common, 'documents'],
  run: ({ store }, command) => {
    const { ns, collection: name } = command.namespace();
    const ordered = isOrdered(command);
    const prepared = statements(command, 'documents').map((source): NewDocument | StoreError => {
      try {
        return prepareInsert(source);
      } catch (error) {
        if (error instanceof StoreError) return error;
        throw error;
      }
    });
    return store.writer.run(() => {
      const collection = store.collection(ns) ?? ensureCollection(store, command.database, name);
      const errors: Doc[] = [];
      let n = 0;
      for (const [i, item] of prepared.entries()) {
        try {
          if (item instanceof StoreError) throw item;
          insertDocument(store, collection, item.doc, item.raw);
          n++;
        } catch (error) {
          errors.push(writeError(i, error));
          if (ordered) break;
        }
      }
      return docOf({ n, writeErrors: errors.length > 0 ? errors : undefined });
    });
  },
};

/** Runs statements in as few transactions as possible: until one's search is too long, which then runs outside. */
async function runStatements<S, R>(
  store: Store,
  list: readonly (S | StoreError)[],
  run: { ordered: boolean; inside: (statement: S) => R | undefined; outside: (statement: S) => Promise<R> },
): Promise<{ results: Map<number, R>; errors: Doc[] }> {
  const results = new Map<number, R>();
  const errors: Doc[] = [];
  let at = 0;
  while (at < list.length) {
    const from = at;
    const part = await store.writer.run(() => insideFrom(list, from, run));
    for (const [i, result] of part.results) results.set(i, result);
    errors.push(...part.errors);
    at = part.next;
    const long = list[at];
    if (part.stopped || long === undefined || long instanceof StoreError) break;
    try {
      results.set(at, await run.outside(long));
    } catch (error) {
      errors.push(writeError(at, error));
      if (run.ordered) break;
    }
    at++;
  }
  return { results, errors };
}

interface InsidePart<R> {
  readonly results: Map<number, R>;
  readonly errors: Doc[];
  next: number;
  stopped: boolean;
}

function insideFrom<S, R>(
  list: readonly (S | StoreError)[],
  from: number,
  run: { ordered: boolean; inside: (statement: S) => R | undefined },
): InsidePart<R> {
  const part: InsidePart<R> = { results: new Map(), errors: [], next: from, stopped: false };
  for (; part.next < list.length; part.next++) {
    const statement = list[part.next];
    try {
      if (statement === undefined) return part;
      if (statement instanceof StoreError) throw statement;
      const result = run.inside(statement);
      if (result === undefined) return part;
      part.results.set(part.next, result);
    } catch (error) {
      part.errors.push(writeError(part.next, error));
      if (run.ordered) {
        part.stopped = true;
        return part;
      }
    }
  }
  part.stopped = true;
  return part;
}

function parsed<T>(source: Value, parse: (doc: Doc) => T): T | StoreError {
  try {
    return parse(statementDoc(source));
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
}

function checkFields(statement: Doc, known: readonly string[], name: string): void {
  for (const field of statement.keys()) {
    if (!known.includes(field))
      throw new StoreError(40415, `BSON field '${name}.${field}' is an unknown field.`);
  }
  checkCollation(statement.get('collation'));
}

const updateFields = ['q', 'u', 'c', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation'];

function updateStatement(doc: Doc, variables: Variables): UpdateStatement {
  const filter = doc.get('q');
  const multi = doc.get('multi') === true;
  const source = doc.get('u');
  if (!isDoc(filter) || source === undefined)
    throw new StoreError(40414, "BSON field 'update.updates.q' is missing but a required field");
  const own = new Map(variables);
  const constants = doc.get('c');
  if (isDoc(constants)) for (const [name, value] of constants) own.set(name, value);
  const update = compileUpdate(source, { arrayFilters: doc.get('arrayFilters'), variables: own });
  if (multi && update.kind === 'replacement')
    throw new StoreError('FailedToParse', 'multi update is not supported for replacement-style update');
  const selection: Selection = {
    filter,
    limit: multi ? 0 : 1,
    hint: hintOf(doc.get('hint')),
    options: { variables },
  };
  compileConditions(filter, selection.options);
  return { selection, update, upsert: doc.get('upsert') === true };
}

const update: CommandDefinition = {
  fields: [...common, 'updates'],
  run: async ({ store }, command) => {
    const { ns, collection: name } = command.namespace();
    const variables = command.variables();
    const list = statements(command, 'updates').map((source) => {
      const doc = statementDoc(source);
      checkFields(doc, updateFields, 'update.updates');
      return parsed(source, () => updateStatement(doc, variables));
    });
    const { results, errors } = await runStatements<UpdateStatement, UpdateResult>(store, list, {
      ordered: isOrdered(command),
      inside: (statement) => {
        const collection =
          store.collection(ns) ??
          (statement.upsert ? ensureCollection(store, command.database, name) : undefined);
        if (collection !== undefined) return updateInside(store, collection, statement);
        return { matched: 0, modified: 0, upsertedId: undefined, before: undefined, after: undefined };
      },
      outside: (statement) => updateOutside(store, store.requireCollection(ns), statement),
    });
    const all = [...results.values()];
    const upserted = [...results].flatMap(([index, { upsertedId }]) =>
      upsertedId === undefined ? [] : [docOf({ index, _id: upsertedId })],
    );
    return docOf({
      n: all.reduce((sum, { matched }) => sum + matched, upserted.length),
      nModified: all.reduce((sum, { modified }) => sum + modified, 0),
      upserted: upserted.length > 0 ? upserted : undefined,
      writeErrors: errors.length > 0 ? errors : undefined,
    });
  },
};

const deleteFields = ['q', 'limit', 'hint', 'collation'];

function deleteStatement(doc: Doc, variables: Variables): Selection {
  const filter = doc.get('q');
  const limit = doc.get('limit');
  if (!isDoc(filter) || !isNumeric(limit))
    throw new StoreError(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
  const number = toNumber(limit);
  if (number !== 0 && number !== 1)
    throw new StoreError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${number}`);
  const selection = { filter, limit: number, hint: hintOf(doc.get('hint')), options: { variables } };
  compileConditions(filter, selection.options);
  return selection;
}

const remove: CommandDefinition = {
  fields: [...common, 'deletes'],
  run: async ({ store }, command) => {
    const { ns } = command.namespace();
    const variables = command.variables();
    const list = statements(command, 'deletes').map((source) => {
      const doc = statementDoc(source);
      checkFields(doc, deleteFields, 'delete.deletes');
      return parsed(source, () => deleteStatement(doc, variables));
    });
    const { results, errors } = await runStatements<Selection, number>(store, list, {
      ordered: isOrdered(command),
      inside: (selection) => {
        const collection = store.collection(ns);
        return collection === undefined ? 0 : deleteInside(store, collection, selection);
      },
      outside: (selection) => deleteOutside(store, store.requireCollection(ns), selection),
    });
    return docOf({
      n: [...results.values()].reduce((sum, count) => sum + count, 0),
      writeErrors: errors.length > 0 ? errors : undefined,
    });
  },
};

export const writeCommands: Record<string, CommandDefinition> = { insert, update, delete: remove };
