import { type Doc, docOf, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import { compileConditions } from '../query/compile-filter.ts';
import { compileProjection } from '../query/projection.ts';
import { parseSort } from '../query/sort-spec.ts';
import { compileUpdate, type Update } from '../update/compile-update.ts';
import { changeDocuments } from '../write/change-documents.ts';
import type { Selection } from '../write/select-targets.ts';
import type { Command, CommandDefinition } from './command.ts';
import { hintOf } from './find.ts';

const fields = [
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'upsert',
  'bypassDocumentValidation',
  'arrayFilters',
  'hint',
  'let',
];

export const findAndModify: CommandDefinition = {
  fields,
  run: async ({ store }, command) => {
    const namespace = command.namespace();
    const variables = command.variables();
    const selection: Selection = {
      filter: command.doc('query') ?? new Map<string, Value>(),
      limit: 1,
      sort: parseSort(command.get('sort')),
      hint: hintOf(command.get('hint')),
      options: { variables },
    };
    compileConditions(selection.filter, selection.options);
    const project = projection(command);
    const update = updateOf(command, variables);
    const change = { selection, update, upsert: command.bool('upsert') };
    const { matched, before, after, upsertedId } = await changeDocuments(store, namespace, change);
    const chosen = command.bool('new') ? after : before;
    return docOf({
      lastErrorObject: docOf({
        n: upsertedId === undefined ? matched : 1,
        updatedExisting: update === undefined ? undefined : matched > 0,
        upserted: upsertedId,
      }),
      value: chosen === undefined ? null : project(chosen, variables),
    });
  },
};

/** Undefined: the document is removed. */
function updateOf(command: Command, variables: Variables): Update | undefined {
  const source = command.get('update');
  if (!command.bool('remove')) {
    if (source !== undefined)
      return compileUpdate(source, { arrayFilters: command.get('arrayFilters'), variables });
    throw new StoreError('FailedToParse', 'Either an update or remove=true must be specified');
  }
  for (const other of ['update', 'new', 'upsert']) {
    if (command.get(other) !== undefined && command.get(other) !== false)
      throw new StoreError('FailedToParse', `Cannot specify both ${other} and remove=true`);
  }
  return undefined;
}

function projection(command: Command): (doc: Doc, variables: Variables) => Doc {
  const spec = command.doc('fields');
  return spec === undefined || spec.size === 0 ? (doc) => doc : compileProjection(spec);
}
