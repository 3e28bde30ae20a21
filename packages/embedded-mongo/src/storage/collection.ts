import { entryKey } from './environment.ts';
import type { Env } from './environment.ts';
import type { IndexSpec } from './index-spec.ts';

/** A collection as the catalog holds it in memory. */
export interface Collection {
  /** `database.collection` */
  readonly ns: string;
  readonly database: string;
  readonly name: string;
  /** Documents are stored under this ident by their _id's key; it is the `_id_` index too. */
  readonly ident: number;
  readonly uuid: Buffer;
  readonly idIndex: IndexSpec;
  indexes: readonly IndexSpec[];
  /** Documents and their bytes; written with each transaction that changes them. */
  count: number;
  bytes: number;
  /** True once it left the catalog: cursors on it end. */
  dropped: boolean;
}

/** The stored bytes of a document by the key of its _id. */
export function readDocument(env: Env, collection: Collection, idKey: Buffer): Buffer | undefined {
  return env.get(entryKey(collection.ident, idKey));
}
