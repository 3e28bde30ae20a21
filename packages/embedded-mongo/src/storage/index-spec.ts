import { splitPath } from '../bson/path.ts';
import { decodeDocument } from '../bson/decode.ts';
import { type Doc, docOf, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { toNumber } from '../bson/number.ts';
import { compileFilter } from '../query/compile-filter.ts';

/** One index, as the planner and the writers use it. `definition` is what listIndexes answers. */
export interface IndexSpec {
  readonly name: string;
  readonly ident: number;
  readonly definition: Doc;
  readonly fields: readonly string[];
  readonly paths: readonly (readonly string[])[];
  readonly directions: readonly number[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialFilter: Doc | undefined;
  readonly partial: ((doc: Doc) => boolean) | undefined;
  /** Seconds after which a TTL index lets a document expire. */
  readonly expireAfterSeconds: number | undefined;
  /** Per component: some document had an array there. Only ever becomes true. */
  multikey: boolean[];
  /** Some key is not exact (see key.ts): no order and no exact bounds from this index. */
  inexact: boolean;
  /** False while a background build fills it: written to, not read from. */
  ready: boolean;
}

export const idIndexName = '_id_';

export function isIdIndex(index: IndexSpec): boolean {
  return index.name === idIndexName;
}

/** From a definition as createIndexes takes it, validated before. */
export function indexSpecOf(definition: Doc, ident: number): IndexSpec {
  const key = definition.get('key');
  const entries = isDoc(key) ? [...key] : [];
  const partialFilter = definition.get('partialFilterExpression');
  const name = definition.get('name');
  const expire = definition.get('expireAfterSeconds');
  return {
    name: typeof name === 'string' ? name : '',
    ident,
    definition,
    fields: entries.map(([field]) => field),
    paths: entries.map(([field]) => splitPath(field)),
    directions: entries.map(([, direction]) => (isNumeric(direction) && toNumber(direction) < 0 ? -1 : 1)),
    unique: isTrue(definition.get('unique')) || name === idIndexName,
    sparse: isTrue(definition.get('sparse')),
    partialFilter: isDoc(partialFilter) ? partialFilter : undefined,
    partial: isDoc(partialFilter) ? compileFilter(partialFilter) : undefined,
    expireAfterSeconds: isNumeric(expire) ? toNumber(expire) : undefined,
    multikey: entries.map(() => false),
    inexact: false,
    ready: true,
  };
}

function isTrue(value: Value | undefined): boolean {
  return value === true || (isNumeric(value) && toNumber(value) !== 0);
}

export function encodeIndexSpec(index: IndexSpec): Doc {
  return docOf({
    ident: index.ident,
    definition: index.definition,
    multikey: index.multikey,
    inexact: index.inexact,
    ready: index.ready,
  });
}

export function decodeIndexSpec(stored: Doc): IndexSpec {
  const definition = stored.get('definition');
  const multikey = stored.get('multikey');
  const index = indexSpecOf(
    isDoc(definition) ? definition : decodeDocument(Buffer.alloc(5)),
    Number(stored.get('ident')),
  );
  index.multikey = Array.isArray(multikey) ? multikey.map((flag) => flag === true) : [];
  index.inexact = stored.get('inexact') === true;
  index.ready = stored.get('ready') === true;
  return index;
}
