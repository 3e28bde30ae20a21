import { decodeDocument } from '../bson/decode.ts';
import { BSONRegExp, type Doc, isDoc, ObjectId, RawDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';

export interface NewDocument {
  readonly doc: Doc;
  /** The bytes as they came, when they can be stored as they are. */
  readonly raw: Buffer | undefined;
}

/** Checks a document to insert and puts its _id first, making one where there is none. */
export function prepareInsert(source: Value): NewDocument {
  if (source instanceof RawDoc) {
    const decoded = decodeDocument(source.bytes);
    checkDocument(decoded);
    const [first] = decoded.keys();
    if (first === '_id') return { doc: decoded, raw: Buffer.from(source.bytes) };
    return { doc: withId(decoded), raw: undefined };
  }
  if (!isDoc(source)) throw new StoreError('TypeMismatch', 'documents to insert must be objects');
  checkDocument(source);
  return { doc: withId(source), raw: undefined };
}

export function withId(doc: Doc): Doc {
  const [first] = doc.keys();
  if (first === '_id') return doc;
  const id = doc.get('_id');
  return new Map<string, Value>([['_id', id === undefined ? new ObjectId() : id], ...doc]);
}

/** Refuses an _id that MongoDB does not store. */
export function checkDocument(doc: Doc): void {
  const id = doc.get('_id');
  if (Array.isArray(id)) throw new StoreError('InvalidIdField', "The '_id' value cannot be of type array");
  if (id instanceof BSONRegExp)
    throw new StoreError('InvalidIdField', "The '_id' value cannot be of type regex");
  if (!isDoc(id)) return;
  for (const name of id.keys()) {
    if (name.startsWith('$')) {
      throw new StoreError(
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
      );
    }
  }
}
