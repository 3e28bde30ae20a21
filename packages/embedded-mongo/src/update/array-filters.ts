import { isDoc, type Doc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileFilter } from '../query/compile-filter.ts';

/** Tests by identifier for `$[identifier]`. Every identifier has one filter and every filter is used. */
export function compileArrayFilters(
  source: Value | undefined,
  paths: readonly string[],
): Map<string, (item: Value) => boolean> {
  const filters = new Map<string, (item: Value) => boolean>();
  for (const filter of Array.isArray(source) ? source : []) {
    if (!isDoc(filter)) throw new StoreError('TypeMismatch', 'arrayFilters needs documents');
    const name = identifierOf(filter);
    if (filters.has(name))
      throw new StoreError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    const match = compileFilter(filter);
    filters.set(name, (item) => match(new Map([[name, item]])));
  }
  const used = new Set(
    paths.flatMap((path) => [...path.matchAll(/\$\[([^\]]+)\]/g)].map((found) => found[1] ?? '')),
  );
  for (const name of used) {
    if (!filters.has(name))
      throw new StoreError(
        'BadValue',
        `No array filter found for identifier '${name}' in path '${paths.find((path) => path.includes(name)) ?? ''}'`,
      );
  }
  for (const name of filters.keys()) {
    if (!used.has(name))
      throw new StoreError(
        'FailedToParse',
        `The array filter for identifier '${name}' was not used in the update`,
      );
  }
  return filters;
}

/** The one field name that all conditions of an array filter start with. */
function identifierOf(filter: Doc): string {
  const names = new Set<string>();
  collect(filter, names);
  const [name] = names;
  if (name === undefined || names.size !== 1) {
    throw new StoreError(
      'FailedToParse',
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found ${names.size}`,
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    throw new StoreError(
      'BadValue',
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
    );
  }
  return name;
}

function collect(filter: Doc, names: Set<string>): void {
  for (const [name, operand] of filter) {
    if (!name.startsWith('$')) names.add(name.split('.')[0] ?? '');
    else if (Array.isArray(operand)) for (const branch of operand) if (isDoc(branch)) collect(branch, names);
  }
}
