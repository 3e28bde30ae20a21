import { type Doc, docOf, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { toNumber } from '../bson/number.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import type { Store } from '../storage/store.ts';
import { stepsFor } from '../query/pace.ts';
import { insertDocument } from '../storage/write-document.ts';
import { compileUpdate } from '../update/compile-update.ts';
import {
  type Change,
  changeInside,
  changeOutside,
  type ChangeResult,
  nothingChanged,
  transactionBudget,
} from '../write/change-documents.ts';
import { prepareInsert } from '../write/insert-documents.ts';
import type { Selection, StepBudget } from '../write/select-targets.ts';
import { checkCollation } from './check-concerns.ts';
import { type Command, type CommandContext, type CommandDefinition, statementDoc } from './command.ts';
import { hintOf } from './find.ts';
import { writeBatchMax } from './handshake.ts';

const common = ['ordered', 'bypassDocumentValidation', 'let'];

/** One statement of a write command. */
interface Statement {
  /** Inside a transaction: the result, or undefined when the budget ran out before anything was changed. */
  readonly inside: (budget: StepBudget) => ChangeResult | undefined;
  readonly outside?: () => Promise<ChangeResult>;
}

/** What the statements did, by their positions, and what was refused. */
interface Outcome {
  readonly results: Map<number, ChangeResult>;
  readonly errors: Doc[];
  /** The first statement that was not run. */
  next: number;
}

function statementsOf(command: Command, field: string): Value[] {
  const list = command.array(field);
  if (list.length > 0 && list.length <= writeBatchMax) return list;
  throw new StoreError(
    'InvalidLength',
    `Write batch sizes must be between 1 and ${writeBatchMax}. Got ${list.length} operations.`,
  );
}

/** Runs statements in as few transactions as the steps of each allow; what is too long for one runs outside. */
async function runStatements(store: Store, list: readonly Statement[], ordered: boolean): Promise<Outcome> {
  const outcome: Outcome = { results: new Map(), errors: [], next: 0 };
  while (outcome.next < list.length) {
    const from = outcome.next;
    const part = await store.writer.run(() => runInside(list, from, ordered));
    for (const [i, result] of part.results) outcome.results.set(i, result);
    outcome.errors.push(...part.errors);
    outcome.next = part.next;
    if (part.next > from) continue;
    try {
      const result = await list[from]?.outside?.();
      if (result !== undefined) outcome.results.set(from, result);
    } catch (error) {
      outcome.errors.push(writeError(from, error));
      if (ordered) return outcome;
    }
    outcome.next++;
  }
  return outcome;
}

/** Answers all it did: a transaction that is aborted runs it again. */
function runInside(list: readonly Statement[], from: number, ordered: boolean): Outcome {
  const part: Outcome = { results: new Map(), errors: [], next: from };
  const budget = transactionBudget();
  while (part.next < list.length) {
    try {
      const result = list[part.next]?.inside(budget);
      if (result === undefined) return part;
      part.results.set(part.next, result);
    } catch (error) {
      part.errors.push(writeError(part.next, error));
      if (ordered) return { ...part, next: list.length };
    }
    part.next++;
  }
  return part;
}

/** A refused statement as a write command reports it; anything else ends the command. */
function writeError(index: number, error: unknown): Doc {
  if (!(error instanceof StoreError)) throw error;
  return docOf({ index, code: error.code, ...Object.fromEntries(error.extra ?? []), errmsg: error.message });
}

function isOrdered(command: Command): boolean {
  return command.get('ordered') === undefined || command.bool('ordered');
}

const insert: CommandDefinition = {
  fields: [...common, 'documents'],
  run: async ({ store }, command) => {
    const namespace = command.namespace();
    const list = statementsOf(command, 'documents').map((source) => ({
      inside: (budget: StepBudget): ChangeResult | undefined => {
        if (budget.steps <= 0) return undefined;
        const { doc, raw } = prepareInsert(source);
        budget.steps -= stepsFor(raw?.length ?? 0);
        insertDocument(store, store.ensureCollection(namespace), doc, raw);
        return nothingChanged();
      },
    }));
    const { results, errors } = await runStatements(store, list, isOrdered(command));
    return docOf({ n: results.size, writeErrors: errors.length > 0 ? errors : undefined });
  },
};

interface StatementParser {
  readonly field: 'updates' | 'deletes';
  readonly known: readonly string[];
  readonly parse: (statement: Doc, variables: Variables) => Change;
}

/** Runs the statements of an update or a delete. A field that none has refuses the whole command. */
function runChanges({ store }: CommandContext, command: Command, how: StatementParser): Promise<Outcome> {
  const namespace = command.namespace();
  const variables = command.variables();
  const list = statementsOf(command, how.field).map((source) => {
    const statement = statementDoc(source);
    checkFields(statement, how.known, `${command.name}.${how.field}`);
    return {
      inside: (budget: StepBudget) =>
        changeInside(store, { at: namespace, budget }, how.parse(statement, variables)),
      outside: () => changeOutside(store, namespace, how.parse(statement, variables)),
    };
  });
  return runStatements(store, list, isOrdered(command));
}

function checkFields(statement: Doc, known: readonly string[], name: string): void {
  for (const field of statement.keys()) {
    if (!known.includes(field))
      throw new StoreError(40415, `BSON field '${name}.${field}' is an unknown field.`);
  }
  checkCollation(statement.get('collation'));
}

const updates: StatementParser = {
  field: 'updates',
  known: ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation'],
  parse: (doc, variables) => {
    const filter = doc.get('q');
    const multi = doc.get('multi') === true;
    const source = doc.get('u');
    if (!isDoc(filter) || source === undefined)
      throw new StoreError(40414, "BSON field 'update.updates.q' is missing but a required field");
    const update = compileUpdate(source, { arrayFilters: doc.get('arrayFilters'), variables });
    if (multi && update.replaces)
      throw new StoreError('FailedToParse', 'multi update is not supported for replacement-style update');
    const hint = hintOf(doc.get('hint'));
    const selection: Selection = { filter, limit: multi ? 0 : 1, hint, options: { variables } };
    return { selection, update, upsert: doc.get('upsert') === true };
  },
};

const update: CommandDefinition = {
  fields: [...common, 'updates'],
  run: async (context, command) => {
    const { results, errors } = await runChanges(context, command, updates);
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

const deletes: StatementParser = {
  field: 'deletes',
  known: ['q', 'limit', 'hint', 'collation'],
  parse: (doc, variables) => {
    const filter = doc.get('q');
    const limit = doc.get('limit');
    if (!isDoc(filter) || !isNumeric(limit))
      throw new StoreError(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
    const number = toNumber(limit);
    if (number !== 0 && number !== 1)
      throw new StoreError(
        'FailedToParse',
        `The limit field in delete objects must be 0 or 1. Got ${number}`,
      );
    const selection: Selection = {
      filter,
      limit: number,
      hint: hintOf(doc.get('hint')),
      options: { variables },
    };
    return { selection, update: undefined, upsert: false };
  },
};

const remove: CommandDefinition = {
  fields: [...common, 'deletes'],
  run: async (context, command) => {
    const { results, errors } = await runChanges(context, command, deletes);
    return docOf({
      n: [...results.values()].reduce((sum, { matched }) => sum + matched, 0),
      writeErrors: errors.length > 0 ? errors : undefined,
    });
  },
};

export const writeCommands: Record<string, CommandDefinition> = { insert, update, delete: remove };
