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
  const { plan, skip, limit, project, variables, pace } = request;
  if (limit === 0) return;
  const wanted = plan.residual === undefined && plan.providesSort ? skip + limit : 64;
  const scan = new Scan(store.env, request.collection, plan, wanted);
  request.onScan?.(scan);
  const hits = plan.providesSort ? inOrder(scan, pace) : sorted(scan, request);
  const locate = request.positional === true ? compileFilter(request.filter, { variables }) : undefined;
  let skipped = 0;
  let given = 0;
  for await (const hit of hits) {
    if (skipped < skip) {
      skipped++;
      continue;
    }
    if (project === undefined) {
      yield new RawDoc(hit.raw);
    } else {
      const details: MatchDetails = { arrayIndex: undefined };
      locate?.(hit.doc, details);
      yield project(hit.doc, variables, details.arrayIndex);
    }
    if (++given >= limit) return;
  }
}

async function* inOrder(scan: Scan, pace: Pace): AsyncGenerator<Hit, void, void> {
  for (;;) {
    const hit = scan.step();
    if (hit === null) return;
    const rest = pace.step();
    if (rest !== undefined) await rest;
    if (hit !== undefined) yield hit;
  }
}

async function* sorted(scan: Scan, request: FindRequest): AsyncGenerator<Hit, void, void> {
  const { sort, skip, limit, pace } = request;
  const sorter = new TopSorter<{ key: ReturnType<typeof sortValues>; bytes: number; hit: Hit }>(sort, skip + limit, new MemoryMeter());
  for await (const hit of inOrder(scan, pace)) {
    sorter.add({ key: sortValues(hit.doc, sort), bytes: hit.raw.length * 3, hit });
  }
  for (const { hit } of sorter.sorted()) yield hit;
}
