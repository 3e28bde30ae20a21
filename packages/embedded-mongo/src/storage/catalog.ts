import { randomBytes } from 'node:crypto';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { Binary, type Doc, docOf, isDoc, type Value } from '../bson/value.ts';
import type { Collection } from './collection.ts';
import { type Env, metaKey, type Snapshot } from './environment.ts';
import { decodeIndexSpec, encodeIndexSpec, idIndexName, type IndexSpec, indexSpecOf } from './index-spec.ts';

/**
 * The collections, in memory and on disk. Every change is made inside a write transaction; after an aborted one
 * `reload` drops what ran ahead. What was dropped leaves the catalog at once and its idents become garbage, which
 * is removed in slices later, also after a crash.
 */
export class Catalog {
  readonly #env: Env;
  readonly #at: { transaction?: Snapshot };
  #collections = new Map<string, Collection>();
  #dirtyStats = new Set<Collection>();
  #dirtySpecs = new Set<Collection>();
  #nextIdent = 1;
  /** Idents whose entries are to be removed. */
  garbage = new Set<number>();

  /** `snapshot`: a read transaction to read it at; that catalog is for reading only. */
  constructor(env: Env, snapshot?: Snapshot) {
    this.#env = env;
    this.#at = snapshot === undefined ? {} : { transaction: snapshot };
    this.reload();
  }

  find(ns: string): Collection | undefined {
    return this.#collections.get(ns);
  }

  all(): Collection[] {
    return [...this.#collections.values()].sort((a, b) => (a.ns < b.ns ? -1 : 1));
  }

  inDatabase(database: string): Collection[] {
    return this.all().filter((collection) => collection.database === database);
  }

  reload(): void {
    const before = this.#collections;
    this.#collections = new Map();
    this.#dirtyStats.clear();
    this.#dirtySpecs.clear();
    this.garbage = new Set();
    for (const { key, value } of this.#env.getRange({
      start: metaKey('c'),
      end: metaKey('c', '\xff'),
      ...this.#at,
    })) {
      const ns = key.toString('utf8', 6);
      // The objects stay the same where they can: open cursors hold them.
      this.#collections.set(ns, this.#decode(ns, decodeDocument(value), before.get(ns)));
    }
    for (const [ns, old] of before) if (this.#collections.get(ns) !== old) old.dropped = true;
    for (const { key } of this.#env.getRange({
      start: metaKey('g'),
      end: metaKey('g', '\xff'),
      ...this.#at,
    })) {
      this.garbage.add(Number(key.toString('utf8', 6)));
    }
    const next = this.#env.get(metaKey('ident'), this.#at);
    this.#nextIdent = next === undefined ? 1 : Number(decodeDocument(next).get('next'));
  }

  /** Inside a transaction. */
  create(database: string, name: string): Collection {
    const ident = this.allocateIdent();
    const idIndex = indexSpecOf(docOf({ v: 2, key: docOf({ _id: 1 }), name: idIndexName }), ident);
    const collection: Collection = {
      ns: `${database}.${name}`,
      database,
      name,
      ident,
      uuid: randomBytes(16),
      idIndex,
      indexes: [idIndex],
      count: 0,
      bytes: 0,
      dropped: false,
    };
    this.#collections.set(collection.ns, collection);
    this.markSpec(collection);
    this.markStats(collection);
    return collection;
  }

  /** Inside a transaction. */
  drop(collection: Collection): void {
    collection.dropped = true;
    this.#collections.delete(collection.ns);
    this.#dirtySpecs.delete(collection);
    this.#dirtyStats.delete(collection);
    this.#env.removeSync(metaKey('c', collection.ns));
    this.#env.removeSync(metaKey('s', String(collection.ident)));
    for (const index of collection.indexes) this.discard(index.ident);
  }

  /** Inside a transaction: the ident's entries are garbage from now on. */
  discard(ident: number): void {
    this.garbage.add(ident);
    this.#env.putSync(metaKey('g', String(ident)), Buffer.alloc(0));
  }

  /** Inside a transaction: nothing of the ident is left. */
  forget(ident: number): void {
    this.garbage.delete(ident);
    this.#env.removeSync(metaKey('g', String(ident)));
  }

  allocateIdent(): number {
    const ident = this.#nextIdent++;
    this.#env.putSync(metaKey('ident'), encodeDocument(docOf({ next: this.#nextIdent })));
    return ident;
  }

  markSpec(collection: Collection): void {
    this.#dirtySpecs.add(collection);
  }

  markStats(collection: Collection): void {
    this.#dirtyStats.add(collection);
  }

  /** Before each commit: what changed goes into the same transaction. */
  writeDirty(): void {
    for (const collection of this.#dirtySpecs) {
      const indexes = collection.indexes.map((index) => encodeIndexSpec(index) as Value);
      this.#env.putSync(
        metaKey('c', collection.ns),
        encodeDocument(docOf({ uuid: new Binary(collection.uuid, 4), indexes })),
      );
    }
    for (const { ident, count, bytes } of this.#dirtyStats) {
      this.#env.putSync(
        metaKey('s', String(ident)),
        encodeDocument(docOf({ count: BigInt(count), bytes: BigInt(bytes) })),
      );
    }
    this.#dirtySpecs.clear();
    this.#dirtyStats.clear();
  }

  #decode(ns: string, stored: Doc, known: Collection | undefined): Collection {
    const specs = stored.get('indexes');
    const indexes = (Array.isArray(specs) ? specs : []).filter(isDoc).map(decodeIndexSpec);
    const idIndex = indexes[0] as IndexSpec;
    const stats = this.#env.get(metaKey('s', String(idIndex.ident)), this.#at);
    const numbers = stats === undefined ? undefined : decodeDocument(stats);
    const count = Number(numbers?.get('count') ?? 0);
    const bytes = Number(numbers?.get('bytes') ?? 0);
    if (known?.ident === idIndex.ident)
      return Object.assign(known, { indexes, count, bytes, dropped: false });
    const uuid = stored.get('uuid');
    const dot = ns.indexOf('.');
    return {
      ns,
      database: ns.slice(0, dot),
      name: ns.slice(dot + 1),
      ident: idIndex.ident,
      uuid: uuid instanceof Binary ? Buffer.from(uuid.value()) : randomBytes(16),
      idIndex,
      indexes,
      count,
      bytes,
      dropped: false,
    };
  }
}
