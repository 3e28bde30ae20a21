import { decodeDocument } from '../bson/decode.ts';
import { type Collection, readDocument } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import { removeDocument } from '../storage/write-document.ts';
import { matcherOf, searchOutside, type Selection, stepsInsideMax, TargetSearch } from './select-targets.ts';

/** Documents changed in one transaction once a write has left the short path. */
export const documentsPerTransaction = 200;

/** Inside a transaction: the number removed, or undefined when the search is too long for one. */
export function deleteInside(store: Store, collection: Collection, selection: Selection): number | undefined {
  const targets = new TargetSearch(store, collection, selection).advance(stepsInsideMax);
  if (targets === undefined) return undefined;
  for (const idKey of targets) removeTarget(store, collection, idKey);
  return targets.length;
}

function removeTarget(store: Store, collection: Collection, idKey: Buffer): boolean {
  const raw = readDocument(store.env, collection, idKey);
  if (raw === undefined) return false;
  removeDocument(store, collection, { idKey, raw, doc: decodeDocument(raw) });
  return true;
}

/** Removes what matches, in slices when it is much. */
export async function deleteMatching(
  store: Store,
  collection: Collection,
  selection: Selection,
): Promise<number> {
  const quick = await store.writer.run(() => deleteInside(store, collection, selection));
  return quick ?? deleteOutside(store, collection, selection);
}

export async function deleteOutside(
  store: Store,
  collection: Collection,
  selection: Selection,
): Promise<number> {
  const match = matcherOf(selection);
  let removed = 0;
  for (;;) {
    const targets = await searchOutside(store, collection, selection);
    for (let i = 0; i < targets.length; i += documentsPerTransaction) {
      const slice = targets.slice(i, i + documentsPerTransaction);
      removed += await store.writer.run(() => {
        let count = 0;
        for (const idKey of slice) {
          const raw = collection.dropped ? undefined : readDocument(store.env, collection, idKey);
          if (raw !== undefined && match(decodeDocument(raw)) && removeTarget(store, collection, idKey))
            count++;
        }
        return count;
      });
    }
    // A single target that changed meanwhile is looked for again.
    if (selection.limit !== 1 || removed > 0 || targets.length === 0) return removed;
  }
}
