import { BSON } from 'mongodb';
import { applyUpdate, UpdateRefused } from './apply-update.ts';
import type { Fields } from './compare-values.ts';
import { compareKeys, indexKeys, type Pattern } from './index-keys.ts';
import { matches } from './matches.ts';

export interface IndexSpec {
  key: Pattern;
  unique?: true;
  sparse?: true;
  partialFilterExpression?: Fields;
}

export interface Changed {
  matched: number;
  /** How many are now other bytes. */
  modified: number;
}

/** What a write did, or the code that MongoDB refuses it with; a refused write changes nothing. */
export type Written = Changed | { code: number };

const duplicateKey = { code: 11000 };

/** A collection in memory, by the book and slowly. Its documents are never changed in place. */
export class ModelCollection {
  documents: Fields[] = [];
  readonly #unique: IndexSpec[] = [{ key: { _id: 1 }, unique: true }];

  /** Whether the index can be: false, if it is unique and its documents are not. */
  addIndex(index: IndexSpec): boolean {
    if (!index.unique) return true;
    if (this.documents.some((document) => this.#clashes(document, this.documents, [index]))) return false;
    this.#unique.push(index);
    return true;
  }

  find(filter: Fields): Fields[] {
    return this.documents.filter((document) => matches(document, filter));
  }

  insert(document: Fields): Written {
    if (this.#clashes(document, this.documents, this.#unique)) return duplicateKey;
    this.documents = [...this.documents, document];
    return { matched: 0, modified: 0 };
  }

  delete(filter: Fields): number {
    const kept = this.documents.filter((document) => !matches(document, filter));
    const deleted = this.documents.length - kept.length;
    this.documents = kept;
    return deleted;
  }

  /** Every document of `filter` becomes what `update` makes of it; all or none, where MongoDB does some. */
  update(filter: Fields, update: Record<string, Fields>): Written {
    return this.#change(filter, (document) => applyUpdate(document, update));
  }

  replace(filter: Fields, { _id, ...fields }: Fields): Written {
    return this.#change(filter, (document) => ({ _id: document['_id'], ...fields }));
  }

  #change(filter: Fields, change: (document: Fields) => Fields): Written {
    const before = this.documents;
    const found = new Set(this.find(filter));
    try {
      const after = before.map((document) => (found.has(document) ? change(document) : document));
      const changed = after.filter((document) => !before.includes(document));
      if (changed.some((document) => this.#clashes(document, after, this.#unique))) return duplicateKey;
      const modified = after.filter(
        (document, index) => bytes(document) !== bytes(before[index] ?? {}),
      ).length;
      this.documents = after;
      return { matched: found.size, modified };
    } catch (error) {
      if (error instanceof UpdateRefused) return { code: error.code };
      throw error;
    }
  }

  #clashes(document: Fields, all: Fields[], indexes: IndexSpec[]): boolean {
    return indexes.some((index) => {
      const keys = keysIn(document, index);
      return all.some(
        (other) =>
          other !== document &&
          keysIn(other, index).some((key) => keys.some((own) => compareKeys(own, key, index.key) === 0)),
      );
    });
  }
}

/** The keys by which an index knows `document`: none, if it is a sparse or partial one that leaves it out. */
function keysIn(document: Fields, { key, sparse, partialFilterExpression }: IndexSpec): unknown[][] {
  if (sparse && !Object.keys(key).some((path) => matches(document, { [path]: { $exists: true } }))) return [];
  if (partialFilterExpression && !matches(document, partialFilterExpression)) return [];
  return indexKeys(document, key);
}

/** A document to the last bit: order of fields and types of numbers too. */
export const bytes = (document: Fields): string => Buffer.from(BSON.serialize(document)).toString('hex');
