import { compareValues, valuesEqual } from '../bson/compare.ts';
import { combine } from '../bson/number.ts';
import { typeName } from '../bson/type.ts';
import { isDoc, isNumeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { arrayModifiers } from './array-modifiers.ts';
import { type Modify, unchanged } from './update-path.ts';

export interface Modifier {
  /** Checks the operand once and returns what is done to each value. */
  readonly compile: (operand: Value, path: string) => Modify;
  readonly creates: boolean;
}

function arithmetic(name: '$inc' | '$mul'): Modifier {
  const op = name === '$inc' ? '+' : '*';
  return {
    creates: true,
    compile: (operand, path) => {
      if (!isNumeric(operand)) {
        const verb = name === '$inc' ? 'increment' : 'multiply';
        throw new StoreError(
          'TypeMismatch',
          `Cannot ${verb} with non-numeric argument: {${path}: ${typeName(operand)}}`,
        );
      }
      return (old) => {
        if (old === undefined) return name === '$inc' ? operand : combine('*', operand, 0);
        if (!isNumeric(old)) {
          throw new StoreError(
            'TypeMismatch',
            `Cannot apply ${name} to a value of non-numeric type. {${path}} has the field of non-numeric type ${typeName(old)}`,
          );
        }
        return combine(op, old, operand);
      };
    },
  };
}

function extreme(direction: 1 | -1): Modifier {
  return {
    creates: true,
    compile: (operand) => (old) =>
      old === undefined || compareValues(operand, old) * direction > 0 ? operand : unchanged,
  };
}

const set: Modifier = {
  creates: true,
  compile: (operand) => (old) => (old !== undefined && identical(old, operand) ? unchanged : operand),
};

/** Equal in BSON order is not enough: 1 and 1.0 compare equal, and so do 0 and -0. */
function identical(a: Value, b: Value): boolean {
  return !isNumeric(a) && !isDoc(a) && !Array.isArray(a) && valuesEqual(a, b);
}

/** Dates only: `timestamp` is MongoDB's own, for replication. */
const currentDate: Modifier = {
  creates: true,
  compile: (operand) => {
    const isDate =
      typeof operand === 'boolean' ||
      (isDoc(operand) && operand.size === 1 && operand.get('$type') === 'date');
    if (!isDate) throw new StoreError('BadValue', `The '$type' string field is required to be 'date'`);
    return () => new Date();
  },
};

/** Every update operator by name; what is not here is refused. */
export const modifiers: Record<string, Modifier | undefined> = {
  $set: set,
  $setOnInsert: {
    creates: true,
    compile: (operand) => (_old, scope) => (scope.inserting ? operand : unchanged),
  },
  $unset: { creates: false, compile: () => (old) => (old === undefined ? unchanged : undefined) },
  $currentDate: currentDate,
  $inc: arithmetic('$inc'),
  $mul: arithmetic('$mul'),
  $min: extreme(-1),
  $max: extreme(1),
  ...arrayModifiers,
};
