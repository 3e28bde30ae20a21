import { ConfabError } from '@confab/contract';
import { fromText } from './from-text.ts';
import type { Operation } from './operation.ts';
import { readQuery } from './read-query.ts';

/** Where the fields of an input stand in a request; a body belongs to what changes something. */
export interface Fields {
  readonly params: Readonly<Record<string, string>>;
  /** Without its question mark. */
  readonly query: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The input of an operation's procedure but for its client id. The procedure's own schema judges every value: here only
 * fields that have no business where they stand are refused.
 * @throws ConfabError BAD_INPUT
 */
export function readInput(operation: Operation, { params, query, body }: Fields): Record<string, unknown> {
  const { fields, method, pathFields } = operation;
  const convert = (name: string, texts: readonly string[]) =>
    [name, fromText(texts, fields[name] ?? {})] as const;
  const parameters = readQuery(query);
  refuseUnknown(parameters.keys(), method === 'GET' ? operation.ownFields : []);
  refuseUnknown(Object.keys(body), method === 'GET' ? [] : operation.ownFields);
  return {
    ...body,
    ...Object.fromEntries([...parameters].map(([name, texts]) => convert(name, texts))),
    ...Object.fromEntries(pathFields.map((name) => convert(name, [params[name] ?? '']))),
  };
}

function refuseUnknown(names: Iterable<string>, known: readonly string[]): void {
  for (const field of names) {
    if (!known.includes(field))
      throw new ConfabError('BAD_INPUT', { message: 'There is no such field here.', field });
  }
}
