import { valuesEqual } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { docOf, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { formatValue } from '../bson/format-value.ts';

/** Bytes order text here: every collation but the simple one is refused. */
export function checkCollation(collation: Value | undefined): void {
  if (collation === undefined || collation === null) return;
  const simple =
    isDoc(collation) && (collation.size === 0 || valuesEqual(collation, docOf({ locale: 'simple' })));
  if (!simple) throw new StoreError('InvalidOptions', 'collation is not supported by this server');
}

export function checkReadConcern(concern: Value | undefined): void {
  if (concern === undefined) return;
  if (!isDoc(concern)) throw new StoreError('TypeMismatch', 'readConcern must be an object');
  for (const [field, value] of concern) {
    if (field === 'provenance') continue;
    if (field !== 'level' || value === 'snapshot')
      throw new StoreError(
        'IllegalOperation',
        `read concern ${field} ${formatValue(value)} needs a replica set`,
      );
    if (value === 'linearizable')
      throw new StoreError(123, 'node needs to be a replica set member to use read concern linearizable');
    if (value !== 'local' && value !== 'majority' && value !== 'available')
      throw new StoreError('BadValue', `unknown readConcern.level: ${formatValue(value)}`);
  }
}

/** Every acknowledged write is on disk whatever is asked; what a standalone server cannot promise is refused. */
export function checkWriteConcern(concern: Value | undefined): void {
  if (concern === undefined) return;
  if (!isDoc(concern)) throw new StoreError('TypeMismatch', 'writeConcern must be an object');
  const w = concern.get('w') ?? 1;
  if (w === 'majority' || (isNumeric(w) && (toNumber(w) === 0 || toNumber(w) === 1))) return;
  throw new StoreError('BadValue', "cannot use non-majority 'w' mode with a standalone server");
}
