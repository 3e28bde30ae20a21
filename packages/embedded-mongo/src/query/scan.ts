import { decodeDocument } from '../bson/decode.ts';
import type { Doc } from '../bson/value.ts';
import { type Collection, readDocument } from '../storage/collection.ts';
import { entryKey, type Env } from '../storage/environment.ts';
import { isIdIndex } from '../storage/index-spec.ts';
import type { MatchDetails } from './compile-filter.ts';
import { stepsFor } from './pace.ts';
import type { IndexScanPlan, Plan } from './plan.ts';

/** A stored document that a query met. It is decoded only when something asks. */
export class Hit {
  readonly idKey: Buffer;
  readonly raw: Buffer;
  #doc: Doc | undefined;

  constructor(idKey: Buffer, raw: Buffer) {
    this.idKey = idKey;
    this.raw = raw;
  }

  get doc(): Doc {
    return (this.#doc ??= decodeDocument(this.raw));
  }
}

export interface ScanCounts {
  keys: number;
  documents: number;
}

const firstChunk = 64;
const chunkMax = 128;
/** A chunk of large documents ends sooner: it is held in memory, and copied in one go. */
const chunkBytesMax = 1024 * 1024;

/**
 * Pulls the hits of a plan, one examined entry at a time. It holds no read transaction: entries come in chunks,
 * each sought from the last key, so that writes go on between them and a scan may rest for any time.
 */
export class Scan {
  readonly #env: Env;
  readonly #collection: Collection;
  readonly #plan: Plan;
  readonly counts: ScanCounts = { keys: 0, documents: 0 };
  /** What the last step counts in a slice. */
  cost = 1;
  #branch = 0;
  #range = 0;
  #resume: Buffer | undefined;
  #chunk: { key: Buffer; value: Buffer }[] = [];
  #at = 0;
  #chunkSize: number;
  #rangeDone = false;
  #seen: Set<string> | undefined;

  /** `expected`: how many hits the caller wants, to read no further than needed. */
  constructor(env: Env, collection: Collection, plan: Plan, expected = firstChunk) {
    this.#env = env;
    this.#collection = collection;
    this.#plan = plan;
    this.#chunkSize = Math.max(1, Math.min(expected, chunkMax));
    if (plan.kind === 'union' || plan.deduplicate) this.#seen = new Set();
  }

  /**
   * The next hit; null at the end; undefined when the entry at hand was none. Callers count each step by its `cost`
   * and give way to others.
   */
  step(details?: MatchDetails): Hit | null | undefined {
    if (this.#collection.dropped) return null;
    const branch = this.#currentBranch();
    if (branch === undefined) return null;
    const entry = this.#nextEntry(branch);
    const hit = entry === undefined ? undefined : this.#load(branch, entry);
    this.cost = stepsFor(hit?.raw.length ?? 0);
    if (hit === undefined) return undefined;
    if (this.#seen !== undefined) {
      const id = hit.idKey.toString('latin1');
      if (this.#seen.has(id)) return undefined;
      this.#seen.add(id);
    }
    const { residual } = this.#plan;
    return residual === undefined || residual(hit.doc, details) ? hit : undefined;
  }

  #currentBranch(): IndexScanPlan | undefined {
    if (this.#plan.kind === 'scan') return this.#range < this.#plan.ranges.length ? this.#plan : undefined;
    for (;;) {
      const branch = this.#plan.branches[this.#branch];
      if (branch === undefined || this.#range < branch.ranges.length) return branch;
      this.#branch++;
      this.#range = 0;
    }
  }

  #load(branch: IndexScanPlan, entry: { key: Buffer; value: Buffer }): Hit | undefined {
    this.counts.keys++;
    if (isIdIndex(branch.index)) {
      this.counts.documents++;
      return new Hit(entry.key.subarray(4), entry.value);
    }
    const raw = readDocument(this.#env, this.#collection, entry.value);
    if (raw === undefined) return undefined;
    this.counts.documents++;
    return new Hit(entry.value, raw);
  }

  #nextEntry(branch: IndexScanPlan): { key: Buffer; value: Buffer } | undefined {
    if (this.#at >= this.#chunk.length) {
      if (this.#rangeDone) {
        this.#nextRange();
        return undefined;
      }
      this.#fill(branch);
    }
    const entry = this.#chunk[this.#at++];
    if (entry === undefined) this.#nextRange();
    return entry;
  }

  #nextRange(): void {
    this.#range++;
    this.#resume = undefined;
    this.#rangeDone = false;
    this.#chunk = [];
    this.#at = 0;
  }

  #fill(branch: IndexScanPlan): void {
    const position = branch.reverse ? branch.ranges.length - 1 - this.#range : this.#range;
    const range = branch.ranges[position];
    if (range === undefined) return;
    const { ident } = branch.index;
    const low = entryKey(ident, range.low);
    const high = entryKey(ident, range.high);
    this.#chunk = [];
    let bytes = 0;
    for (const { key, value } of this.#env.getRange({
      // Reversed, lmdb would begin with `high` itself, which a unique index can hold as a key.
      start: this.#resume ?? (branch.reverse ? high : low),
      end: branch.reverse ? low : high,
      reverse: branch.reverse,
      inclusiveEnd: branch.reverse,
      exclusiveStart: this.#resume !== undefined || branch.reverse,
      limit: this.#chunkSize,
    })) {
      this.#chunk.push({ key, value });
      bytes += value.length;
      if (bytes > chunkBytesMax) break;
    }
    this.#rangeDone = this.#chunk.length < this.#chunkSize && bytes <= chunkBytesMax;
    this.#resume = this.#chunk.at(-1)?.key;
    this.#at = 0;
    this.#chunkSize = Math.min(this.#chunkSize * 2, chunkMax);
  }
}
