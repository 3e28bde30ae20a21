import type { Doc } from '../bson/value.ts';
import type { Collection } from '../storage/collection.ts';
import { entryKey } from '../storage/environment.ts';
import type { Store } from '../storage/store.ts';
import type { Pace } from './pace.ts';
import type { IndexScanPlan, Plan } from './plan.ts';
import { Scan } from './scan.ts';

interface CountRequest {
  readonly collection: Collection;
  readonly filter: Doc;
  readonly plan: Plan;
  readonly pace: Pace;
  /** Counting stops here. */
  readonly most: number;
}

/** Keys counted between two rests. */
const slice = 1_024;

/** Counts matching documents: from the statistics, from index keys alone, or by reading them. */
export async function countDocuments(store: Store, request: CountRequest): Promise<number> {
  const { collection, filter, plan, most } = request;
  if (filter.size === 0) return Math.min(collection.count, most);
  if (isCountedByKeys(plan)) return countKeys(store, request, plan);
  const scan = new Scan(store.env, collection, plan);
  let count = 0;
  while (count < most) {
    const hit = scan.step();
    if (hit === null) break;
    if (hit !== undefined) count++;
    if (request.pace.step(scan.cost)) await request.pace.rest();
  }
  return count;
}

/** Whether each key of its ranges is one matching document. */
export function isCountedByKeys(plan: Plan): plan is IndexScanPlan {
  return plan.kind === 'scan' && plan.residual === undefined && !plan.deduplicate;
}

async function countKeys(store: Store, request: CountRequest, plan: IndexScanPlan): Promise<number> {
  let count = 0;
  for (const { low, high } of plan.ranges) {
    let start = entryKey(plan.index.ident, low);
    const end = entryKey(plan.index.ident, high);
    for (;;) {
      let last: Buffer | undefined;
      let found = 0;
      const limit = Math.min(slice, request.most - count);
      if (limit <= 0) return count;
      for (const key of store.env.getKeys({ start, end, limit })) {
        last = key;
        found++;
      }
      count += found;
      if (found < limit || last === undefined) break;
      start = Buffer.concat([last, Buffer.of(0)]);
      if (request.pace.step(found)) await request.pace.rest();
    }
  }
  return count;
}
