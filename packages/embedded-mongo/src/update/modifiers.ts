import { compareValues, valuesEqual } from '../bson/compare.ts';
import { combine } from '../bson/number.ts';
import { type Doc, isDoc, isNumeric, Timestamp, typeName, type Value } from '../bson/value.ts';
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

const currentDate: Modifier = {
  creates: true,
  compile: (operand) => {
    const type =
      isDoc(operand) && operand.size === 1 ? operand.get('$type') : operand === false ? true : operand;
    if (type === true || type === 'date') return (_old, scope) => scope.now;
    if (type === 'timestamp')
      return (_old, scope) => new Timestamp({ t: Math.floor(scope.now.getTime() / 1000), i: 1 });
    throw new StoreError('BadValue', `The '$type' string field is required to be 'date' or 'timestamp'`);
  },
};

const bit: Modifier = {
  creates: true,
  compile: (operand, path) => {
    if (!isDoc(operand) || operand.size === 0) {
      throw new StoreError(
        'BadValue',
        `The $bit modifier is not compatible with a ${typeName(operand)}: {${path}}`,
      );
    }
    const steps = bitSteps(operand);
    return (old) => {
      if (old !== undefined && typeof old !== 'number' && typeof old !== 'bigint') {
        throw new StoreError(
          'BadValue',
          `Cannot apply $bit to a value of non-integral type: ${path} has the type ${typeName(old)}`,
        );
      }
      return steps.reduce<number | bigint>((value, step) => step(value), old ?? 0);
    };
  },
};

function bitSteps(operand: Doc): ((value: number | bigint) => number | bigint)[] {
  return [...operand].map(([name, mask]) => {
    if (typeof mask !== 'number' && typeof mask !== 'bigint')
      throw new StoreError('BadValue', 'The $bit modifier field must be an Integer(32/64 bit)');
    if (name !== 'and' && name !== 'or' && name !== 'xor')
      throw new StoreError(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`,
      );
    return (value) => {
      const [x, y] = [BigInt(value), BigInt(mask)];
      const result = name === 'and' ? x & y : name === 'or' ? x | y : x ^ y;
      return typeof value === 'number' && typeof mask === 'number' ? Number(result) : result;
    };
  });
}

/** `$rename` is not here: it works on two paths (see compile-update.ts). */
export const modifiers: Record<string, Modifier | undefined> = {
  $set: set,
  $setOnInsert: {
    creates: true,
    compile: (operand) => (_old, scope) => (scope.inserting ? operand : unchanged),
  },
  $unset: { creates: false, compile: () => (old) => (old === undefined ? unchanged : undefined) },
  $inc: arithmetic('$inc'),
  $mul: arithmetic('$mul'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $bit: bit,
  ...arrayModifiers,
};
