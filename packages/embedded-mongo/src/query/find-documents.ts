import { RawDoc, type Doc } from '../bson/value.ts';
import type { Variables } from '../expression/compile-expression.ts';
import type { Collection } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import type { Results } from './cursor-table.ts';
import type { Pace } from './pace.ts';
import type { Plan } from './plan.ts';
import type { Project } from './projection.ts';
import { type Hit, Scan } from './scan.ts';
import { compareSortValues, type SortKey, sortValues } from './sort-spec.ts';
import { TopSorter } from './top-sorter.ts';

export interface FindRequest {
  readonly collection: Collection;
  readonly plan: Plan;
  readonly filter: Doc;
  readonly sort: readonly SortKey[];
  readonly skip: number;
  /** Infinity: all. */
  readonly limit: number;
  readonly project?: Project | undefined;
  readonly variables: Variables;
  readonly pace: Pace;
  /** Told when the scan ends; explain reads its counts. */
  readonly onScan?: (scan: Scan) => void;
}

/** The documents of a query in order. Reads nothing before it is pulled. */
export async function* findDocuments(store: Store, request: FindRequest): Results {
  const { plan, skip, limit, pace } = request;
  if (limit === 0) return;
  const wanted = plan.residual === undefined && plan.providesSort ? skip + limit : 64;
  const scan = new Scan(store.env, request.collection, plan, wanted);
  request.onScan?.(scan);
  let passed = 0;
  if (!plan.providesSort) {
    for (const { hit } of (await sortHits(scan, request)).slice(skip)) {
      if (pace.step()) await pace.rest();
      yield answer(hit, request);
    }
    return;
  }
  for (;;) {
    const hit = scan.step();
    if (hit === null) return;
    if (pace.step(scan.cost)) await pace.rest();
    if (hit === undefined || passed++ < skip) continue;
    yield answer(hit, request);
    if (passed === skip + limit) return;
  }
}

/** A hit as the query answers it: as stored, unless a projection asks for less. */
function answer(hit: Hit, { project, variables }: FindRequest): Doc | RawDoc {
  return project === undefined ? new RawDoc(hit.raw) : project(hit.doc, variables);
}

/** The first skip + limit hits in order. */
async function sortHits(scan: Scan, { sort, skip, limit, pace }: FindRequest): Promise<readonly SortedHit[]> {
  const compare = (a: SortedHit, b: SortedHit): number => compareSortValues(a.key, b.key, sort);
  const sorter = new TopSorter<SortedHit>({ compare, limit: skip + limit, pace });
  for (;;) {
    const hit = scan.step();
    if (hit === null) return sorter.sorted();
    if (pace.step(scan.cost)) await pace.rest();
    if (hit === undefined) continue;
    const merged = sorter.add({ key: sortValues(hit.doc, sort), bytes: hit.raw.length * 3, hit });
    if (merged !== undefined) await merged;
  }
}

interface SortedHit {
  readonly key: ReturnType<typeof sortValues>;
  readonly bytes: number;
  readonly hit: Hit;
}
