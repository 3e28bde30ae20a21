import type { Doc, Value } from '../bson/value.ts';
import type { FilterOptions } from '../query/compile-filter.ts';
import { MemoryMeter } from '../query/memory-meter.ts';
import { Pace } from '../query/pace.ts';
import { planQuery } from '../query/plan.ts';
import { Scan } from '../query/scan.ts';
import { compareSortValues, type SortKey, sortValues } from '../query/sort-spec.ts';
import type { Collection } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';

export interface Selection {
  readonly filter: Doc;
  /** 1: one document, the first in the order of `sort`. 0: all, which no write sorts. */
  readonly limit: 0 | 1;
  readonly sort?: readonly SortKey[] | undefined;
  readonly hint?: Value | undefined;
  readonly options?: FilterOptions | undefined;
}

/** Entries that may still be examined. */
export interface StepBudget {
  steps: number;
}

/** Finds the _id keys of what a write is about, before anything is changed. */
export class TargetSearch {
  readonly #scan: Scan;
  readonly #limit: number;
  /** Empty where the scan gives the order. */
  readonly #sort: readonly SortKey[];
  readonly #meter = new MemoryMeter();
  #found: Buffer[] = [];
  #first: ReturnType<typeof sortValues> | undefined;

  constructor(store: Store, collection: Collection, selection: Selection) {
    const plan = planQuery(collection, selection);
    this.#limit = selection.limit;
    this.#sort = plan.providesSort ? [] : (selection.sort ?? []);
    this.#scan = new Scan(store.env, collection, plan, selection.limit === 1 ? 1 : 64);
  }

  /** Examines entries until the budget is used up. Undefined: there are more. */
  advance(budget: StepBudget): Buffer[] | undefined {
    while (budget.steps > 0) {
      const hit = this.#scan.step();
      budget.steps -= this.#scan.cost;
      if (hit === null) return this.#found;
      if (hit === undefined) continue;
      if (this.#sort.length > 0) {
        const values = sortValues(hit.doc, this.#sort);
        if (this.#first !== undefined && compareSortValues(values, this.#first, this.#sort) >= 0) continue;
        this.#first = values;
        this.#found = [hit.idKey];
        continue;
      }
      this.#meter.add(hit.idKey.length + 64);
      this.#found.push(hit.idKey);
      if (this.#found.length === this.#limit) return this.#found;
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
    const budget = { steps: 1 };
    const found = search.advance(budget);
    if (found !== undefined) return found;
    if (pace.step(1 - budget.steps)) await pace.rest();
  }
}
