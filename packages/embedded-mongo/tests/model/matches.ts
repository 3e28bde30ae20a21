import { Double, Int32 } from 'mongodb';
import { compareValues, type Fields, isDocument, sameValue, typeOrder } from './compare-values.ts';
import { exactNumber, isNumber } from './exact-number.ts';

/** Whether MongoDB's find would return `document` for `filter`, for the operators that the model's filters have. */
export function matches(document: Fields, filter: Fields): boolean {
  return Object.entries(filter).every(([name, condition]) => {
    switch (name) {
      case '$and':
        return (condition as Fields[]).every((part) => matches(document, part));
      case '$or':
        return (condition as Fields[]).some((part) => matches(document, part));
      case '$nor':
        return !(condition as Fields[]).some((part) => matches(document, part));
      default:
        return matchesPath(document, name, condition);
    }
  });
}

function matchesPath(document: Fields, path: string, condition: unknown): boolean {
  if (!isOperators(condition)) return equals(leaves(document, path), condition);
  return Object.entries(condition).every(([operator, operand]) => {
    if (operator === '$size' || operator === '$elemMatch')
      return ends(document, path.split('.')).some((end) => matchesArray(end, operator, operand));
    if (operator === '$not') return !matchesPath(document, path, operand);
    return matchesLeaves(leaves(document, path), operator, operand);
  });
}

function matchesLeaves(values: unknown[], operator: string, operand: unknown): boolean {
  switch (operator) {
    case '$eq':
      return equals(values, operand);
    case '$ne':
      return !equals(values, operand);
    case '$in':
      return (operand as unknown[]).some((one) => equals(values, one));
    case '$nin':
      return !(operand as unknown[]).some((one) => equals(values, one));
    case '$all':
      return (operand as unknown[]).every((one) => equals(values, one));
    case '$exists':
      return values.some((value) => value !== undefined) === operand;
    case '$type':
      return values.some((value) => hasType(value, String(operand)));
    case '$regex':
      return values.some((value) => typeof value === 'string' && new RegExp(String(operand)).test(value));
    default:
      return values.some((value) => inRange(value, operator, operand));
  }
}

const equals = (values: unknown[], operand: unknown): boolean =>
  values.some((value) => sameValue(value, operand));

/** A range holds only among values of one type; NaN is in no range but the one that is itself. */
function inRange(value: unknown, operator: string, operand: unknown): boolean {
  if (typeOrder(value) !== typeOrder(operand)) return false;
  const closed = operator === '$gte' || operator === '$lte';
  if (isNaN(value) || isNaN(operand)) return closed && isNaN(value) && isNaN(operand);
  const order = compareValues(value, operand);
  return (closed && order === 0) || (operator.startsWith('$gt') ? order > 0 : order < 0);
}

function matchesArray(end: unknown, operator: '$size' | '$elemMatch', operand: unknown): boolean {
  if (!Array.isArray(end)) return false;
  if (operator === '$size') return end.length === (operand as Int32).value;
  if (!isOperators(operand))
    return end.some(
      (element) =>
        (isDocument(element) || Array.isArray(element)) && matches(asDocument(element), operand as Fields),
    );
  return end.some((element) =>
    Object.entries(operand).every(([name, value]) => matchesLeaves([element], name, value)),
  );
}

/** An array that is an element counts as a document, whose field names are none that a filter has. */
const asDocument = (element: Fields | unknown[]): Fields => (Array.isArray(element) ? {} : element);

/** The values at `path` to compare: of an array at its end, the elements and the array. */
function leaves(document: Fields, path: string): unknown[] {
  return ends(document, path.split('.')).flatMap((end) =>
    Array.isArray(end) ? [...(end as unknown[]), end] : [end],
  );
}

/** The values at the end of a path, through every document of an array on the way; undefined where it breaks off. */
function ends(value: unknown, [name, ...rest]: string[]): unknown[] {
  if (name === undefined) return [value];
  if (!isDocument(value)) return [undefined];
  const next = value[name];
  if (rest.length > 0 && Array.isArray(next))
    return next.filter(isDocument).flatMap((element) => ends(element, rest));
  return ends(next, rest);
}

const isOperators = (condition: unknown): condition is Fields =>
  isDocument(condition) && Object.keys(condition)[0]?.startsWith('$') === true;

const isNaN = (value: unknown): boolean => isNumber(value) && exactNumber(value) === 'NaN';

const typeNames = [
  '',
  '',
  'null',
  'number',
  'string',
  'object',
  'array',
  'binData',
  'objectId',
  'bool',
  'date',
];

function hasType(value: unknown, type: string): boolean {
  if (value === undefined) return false;
  if (type === 'int') return value instanceof Int32;
  if (type === 'double') return value instanceof Double;
  return typeNames[typeOrder(value)] === type;
}
