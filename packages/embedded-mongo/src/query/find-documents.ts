import { RawDoc, type Doc } from '../bson/value.ts';
import type { Variables } from '../expression/compile-expression.ts';
import type { Collection } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import { compileFilter, type MatchDetails } from './compile-filter.ts';
import type { Results } from './cursor-table.ts';
import type { Pace } from './pace.ts';
import type { Plan } from './plan.ts';
import type { Project } from './projection.ts';
import { type Hit, Scan } from './scan.ts';
import { type SortKey, sortValues } from './sort-spec.ts';
import { MemoryMeter, TopSorter } from './top-sorter.ts';

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
  /** The projection is positional: each hit is matched again to learn where. */
  readonly positional?: boolean;
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
  const give = projector(request);
  let passed = 0;
  if (!plan.providesSort) {
    for (const hit of (await sortHits(scan, request)).slice(skip)) yield give(hit);
    return;
  }
  for (;;) {
    const hit = scan.step();
    if (hit === null) return;
    const rest = pace.step();
    if (rest !== undefined) await rest;
    if (hit === undefined || passed++ < skip) continue;
    yield give(hit);
    if (passed === skip + limit) return;
  }
}

/** A hit as the query answers it: as stored, unless a projection asks for less. */
function projector(request: FindRequest): (hit: Hit) => Doc | RawDoc {
  const { project, variables } = request;
  if (project === undefined) return (hit) => new RawDoc(hit.raw);
  const locate = request.positional === true ? compileFilter(request.filter, { variables }) : undefined;
  return (hit) => {
    const details: MatchDetails = { arrayIndex: undefined };
    locate?.(hit.doc, details);
    return project(hit.doc, variables, details.arrayIndex);
  };
}

/** The first skip + limit hits in order. */
async function sortHits(scan: Scan, request: FindRequest): Promise<Hit[]> {
  const { sort, skip, limit, pace } = request;
  const sorter = new TopSorter<SortedHit>(sort, skip + limit, new MemoryMeter());
  for (;;) {
    const hit = scan.step();
    if (hit === null) return sorter.sorted().map((item) => item.hit);
    if (hit !== undefined) sorter.add({ key: sortValues(hit.doc, sort), bytes: hit.raw.length * 3, hit });
    const rest = pace.step();
    if (rest !== undefined) await rest;
  }
}

interface SortedHit {
  readonly key: ReturnType<typeof sortValues>;
  readonly bytes: number;
  readonly hit: Hit;
}
