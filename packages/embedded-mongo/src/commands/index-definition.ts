import { toInteger, toNumber } from '../bson/number.ts';
import { typeName } from '../bson/type.ts';
import { type Doc, docOf, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileConditions, compileFilter } from '../query/compile-filter.ts';
import { isTruthy } from '../expression/truthy.ts';
import { checkCollation } from './check-concerns.ts';

const flags = ['unique', 'sparse'] as const;
/** Accepted without an effect: builds are always in the background. */
const ignored = new Set(['v', 'background', 'ns', 'hidden']);
const partialOperators = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in']);

/** A checked definition as it is stored and listed. Throws what createIndexes answers. */
export function indexDefinition(source: Value): Doc {
  if (!isDoc(source)) throw new StoreError('TypeMismatch', 'createIndexes.indexes must be documents');
  const key = source.get('key');
  const name = source.get('name');
  if (!isDoc(key))
    throw new StoreError('FailedToParse', "The 'key' field is a required property of an index specification");
  checkKey(key);
  if (typeof name !== 'string' || name === '')
    throw new StoreError(
      'FailedToParse',
      "The 'name' field is a required property of an index specification",
    );
  if (name === '*') throw new StoreError('BadValue', "The index name '*' is not valid.");
  const definition = docOf({ v: 2, key, name });
  for (const [option, value] of source) {
    if (option === 'key' || option === 'name' || ignored.has(option)) {
      if (option === 'hidden' && value === true)
        throw new StoreError('CannotCreateIndex', 'hidden indexes are not supported by this server');
      continue;
    }
    setOption(definition, option, value);
  }
  if (definition.has('sparse') && definition.has('partialFilterExpression')) {
    throw new StoreError('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  if (definition.has('expireAfterSeconds') && key.size > 1) {
    throw new StoreError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL.',
    );
  }
  return definition;
}

function checkKey(key: Doc): void {
  if (key.size === 0) throw new StoreError('CannotCreateIndex', 'Index keys cannot be empty.');
  for (const [field, direction] of key) {
    if (field === '' || field.split('.').includes(''))
      throw new StoreError('CannotCreateIndex', 'Index keys cannot contain an empty field.');
    if (field.split('.').some((part) => part.startsWith('$'))) {
      throw new StoreError(
        'CannotCreateIndex',
        `Index key contains an illegal field name: field name starts with '$'.`,
      );
    }
    if (typeof direction === 'string') {
      throw new StoreError('CannotCreateIndex', `Index type '${direction}' is not supported by this server`);
    }
    if (!isNumeric(direction) || toNumber(direction) === 0 || Number.isNaN(toNumber(direction))) {
      throw new StoreError(
        'CannotCreateIndex',
        `Values in v:2 index key pattern must be numbers > 0, numbers < 0 or strings, not ${typeName(direction)}`,
      );
    }
  }
  if ([...key.keys()].some((field) => field === '$**' || field.endsWith('.$**'))) {
    throw new StoreError('CannotCreateIndex', 'wildcard indexes are not supported by this server');
  }
}

function setOption(definition: Doc, option: string, value: Value): void {
  if (flags.some((flag) => flag === option)) {
    if (isTruthy(value)) definition.set(option, true);
  } else if (option === 'expireAfterSeconds') {
    const seconds = isNumeric(value) ? toInteger(value) : undefined;
    if (seconds === undefined || seconds < 0n || seconds > 2_147_483_647n) {
      throw new StoreError(
        'CannotCreateIndex',
        'TTL index expireAfterSeconds must be a number within 0 and 2147483647',
      );
    }
    definition.set(option, Number(seconds));
  } else if (option === 'partialFilterExpression') {
    if (!isDoc(value)) throw new StoreError('TypeMismatch', 'partialFilterExpression must be an object');
    checkPartial(value);
    definition.set(option, value);
  } else if (option === 'collation') {
    checkCollation(value);
  } else {
    throw new StoreError(
      'InvalidOptions',
      `The field '${option}' is not valid for an index specification or not supported by this server`,
    );
  }
}

function checkPartial(filter: Doc): void {
  compileFilter(filter);
  for (const { path, op, operand } of compileConditions(filter)) {
    const supported =
      path !== undefined && partialOperators.has(op) && !(op === '$exists' && !isTruthy(operand));
    if (!supported)
      throw new StoreError('CannotCreateIndex', `Expression not supported in partial index: ${op}`);
  }
}

export function isIdPattern(key: Value | undefined): boolean {
  return isDoc(key) && key.size === 1 && key.has('_id');
}
