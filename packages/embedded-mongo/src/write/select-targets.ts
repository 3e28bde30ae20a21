import { compileFilter, type FilterOptions } from '../query/compile-filter.ts';
import { Pace } from '../query/pace.ts';
import { planQuery } from '../query/plan.ts';
import { Scan } from '../query/scan.ts';
import { type SortKey, sortValues } from '../query/sort-spec.ts';
import { MemoryMeter, TopSorter } from '../query/top-sorter.ts';
import type { Collection } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import type { Doc, Value } from '../bson/value.ts';

export interface Selection {
  readonly filter: Doc;
  /** 0: all. */
  readonly limit: number;
  readonly sort?: readonly SortKey[] | undefined;
  readonly hint?: Value | undefined;
  readonly options?: FilterOptions | undefined;
}

/** What a write may examine inside its transaction, while all other writers wait. */
export const stepsInsideMax = 2_000;

/** Finds the _id keys of what a write is about, before anything is changed. */
export class TargetSearch {
  readonly #scan: Scan;
  readonly #selection: Selection;
  readonly #sorter:
    TopSorter<{ key: ReturnType<typeof sortValues>; bytes: number; idKey: Buffer }> | undefined;
  readonly #meter = new MemoryMeter();
  #found: Buffer[] = [];

  constructor(store: Store, collection: Collection, selection: Selection) {
    const plan = planQuery(collection, selection);
    this.#selection = selection;
    this.#scan = new Scan(store.env, collection, plan, selection.limit === 1 ? 1 : 64);
    if (!plan.providesSort && (selection.sort ?? []).length > 0)
      this.#sorter = new TopSorter(selection.sort ?? [], selection.limit || Infinity, this.#meter);
  }

  /** Examines up to `steps` entries. Undefined: there are more. */
  advance(steps: number): Buffer[] | undefined {
    const { limit, sort = [] } = this.#selection;
    for (let i = 0; i < steps; i++) {
      const hit = this.#scan.step();
      if (hit === undefined) continue;
      if (hit === null)
        return this.#sorter === undefined ? this.#found : this.#sorter.sorted().map((item) => item.idKey);
      if (this.#sorter !== undefined) {
        this.#sorter.add({ key: sortValues(hit.doc, sort), bytes: hit.raw.length, idKey: hit.idKey });
        continue;
      }
      this.#meter.add(hit.idKey.length + 64);
      this.#found.push(hit.idKey);
      if (this.#found.length === limit) return this.#found;
    }
    return undefined;
  }
}

/** The same, giving way to others; what it finds must be matched again in the writing transaction. */
export async function searchOutside(
  store: Store,
  collection: Collection,
  selection: Selection,
): Promise<Buffer[]> {
  const search = new TargetSearch(store, collection, selection);
  const pace = new Pace();
  for (;;) {
    const found = search.advance(1);
    if (found !== undefined) return found;
    const rest = pace.step();
    if (rest !== undefined) await rest;
  }
}

/** A filter as the transaction that writes checks it again. */
export function matcherOf(selection: Selection): ReturnType<typeof compileFilter> {
  return compileFilter(selection.filter, selection.options);
}
