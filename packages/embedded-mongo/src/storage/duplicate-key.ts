import { formatValue } from '../bson/format-value.ts';
import { type Doc, docOf, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Collection } from './collection.ts';
import type { IndexSpec } from './index-spec.ts';

/** E11000 exactly as MongoDB words it: drivers and applications parse it. */
export function duplicateKey(
  collection: Collection,
  index: IndexSpec,
  values: readonly (Value | undefined)[],
): StoreError {
  const keyValue: Doc = new Map();
  index.fields.forEach((field, i) => keyValue.set(field, values[i] ?? null));
  const keyPattern = index.definition.get('key');
  return new StoreError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key: ${formatValue(keyValue)}`,
    docOf({ keyPattern: keyPattern ?? null, keyValue }),
  );
}
