import { isTruthy } from '../expression/truthy.ts';
import { toInteger } from '../bson/number.ts';
import { typeName } from '../bson/type.ts';
import { type Doc, isDoc, isNumeric, RawDoc, type Value } from '../bson/value.ts';
import { decodeDocument } from '../bson/decode.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import { compileExpression } from '../expression/compile-expression.ts';
import { Pace } from '../query/pace.ts';
import type { FailPoint } from './fail-point.ts';
import type { Namespace, Store } from '../storage/store.ts';

/** What a command runs with. */
export interface CommandContext {
  readonly store: Store;
  readonly connectionId: number;
  readonly failPoint: FailPoint;
  readonly allowFailPoints: boolean;
}

/** A command as it came: its database, its fields, and readers that refuse wrong types as MongoDB does. */
export class Command {
  readonly name: string;
  readonly database: string;
  readonly fields: Doc;

  constructor(name: string, database: string, fields: Doc) {
    this.name = name;
    this.database = database;
    this.fields = fields;
  }

  get(field: string): Value | undefined {
    const value = this.fields.get(field);
    return value === null ? undefined : value;
  }

  /** The namespace of a command whose first field names a collection. Throws InvalidNamespace. */
  namespace(): Namespace {
    const collection = this.fields.get(this.name);
    if (typeof collection !== 'string') {
      throw new StoreError('InvalidNamespace', `collection name has invalid type ${typeName(collection)}`);
    }
    checkCollectionName(this.database, collection);
    return { ns: `${this.database}.${collection}`, database: this.database, collection };
  }

  bool(field: string): boolean {
    const value = this.get(field);
    if (value === undefined || typeof value === 'boolean' || isNumeric(value)) return isTruthy(value);
    throw this.#wrongType(field, value, "['bool', 'long', 'int', 'decimal', 'double']");
  }

  doc(field: string): Doc | undefined {
    const value = this.get(field);
    if (value === undefined || isDoc(value)) return value;
    throw this.#wrongType(field, value, "'object'");
  }

  array(field: string): Value[] {
    const value = this.#required(field);
    if (Array.isArray(value)) return value;
    throw this.#wrongType(field, value, "'array'");
  }

  text(field: string): string {
    const value = this.#required(field);
    if (typeof value === 'string') return value;
    throw this.#wrongType(field, value, "'string'");
  }

  /** A whole number of at least 0. */
  count(field: string): number | undefined {
    const value = this.get(field);
    if (value === undefined) return undefined;
    const whole = isNumeric(value) ? toInteger(value) : undefined;
    if (whole === undefined) throw this.#wrongType(field, value, "['long', 'int', 'decimal', 'double']");
    if (whole < 0n)
      throw new StoreError(51024, `BSON field '${field}' value must be >= 0, actual value '${whole}'`);
    return Number(whole);
  }

  pace(): Pace {
    return new Pace(this.count('maxTimeMS'));
  }

  /** `let` and `$$NOW`, evaluated once for the command. */
  variables(): Variables {
    const variables: Variables = new Map<string, Value>([['NOW', new Date()]]);
    for (const [name, value] of this.doc('let') ?? []) {
      if (!/^[a-z]\w*$/.test(name))
        throw new StoreError(
          'FailedToParse',
          `'${name}' starts with an invalid character for a user variable name`,
        );
      variables.set(name, compileExpression(value)({ root: new Map(), variables }) ?? null);
    }
    return variables;
  }

  #required(field: string): Value {
    const value = this.get(field);
    if (value !== undefined) return value;
    throw new StoreError(40414, `BSON field '${this.name}.${field}' is missing but a required field`);
  }

  #wrongType(field: string, value: Value, wanted: string): StoreError {
    return new StoreError(
      'TypeMismatch',
      `BSON field '${this.name}.${field}' is the wrong type '${typeName(value)}', expected type ${wanted}`,
    );
  }
}

export type RunCommand = (context: CommandContext, command: Command) => Promise<Doc> | Doc;

export interface CommandDefinition {
  /** The fields it knows beside the generic ones; another is refused by name. */
  readonly fields: readonly string[] | 'any';
  readonly run: RunCommand;
}

/** Throws InvalidNamespace for names that MongoDB does not take. */
export function checkCollectionName(database: string, collection: string): void {
  const bad =
    collection === '' || collection.includes('\0') || collection.startsWith('.') || collection.includes('$');
  if (bad || Buffer.byteLength(`${database}.${collection}`) > 255) {
    throw new StoreError('InvalidNamespace', `Invalid namespace specified '${database}.${collection}'`);
  }
}

export function checkDatabaseName(database: string): void {
  if (database === '' || Buffer.byteLength(database) > 63 || /[/\\. "$*<>:|?\0]/.test(database)) {
    throw new StoreError('InvalidNamespace', `Invalid database name: '${database}'`);
  }
}

/** Statements of a write command come decoded or as raw documents of a sequence. */
export function statementDoc(value: Value): Doc {
  if (value instanceof RawDoc) return decodeDocument(value.bytes);
  if (isDoc(value)) return value;
  throw new StoreError('TypeMismatch', 'a statement must be an object');
}
