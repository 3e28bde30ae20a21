import { cutBound } from '../bson/key.ts';
import { isDoc, isNumeric, type Doc, type Value } from '../bson/value.ts';
import { toNumber } from '../bson/number.ts';
import { valuesEqual } from '../bson/compare.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Collection } from '../storage/collection.ts';
import type { IndexSpec } from '../storage/index-spec.ts';
import { above, boundsOf, type ComponentBounds, type Interval, inverted } from './bounds.ts';
import {
  allOf,
  compileConditions,
  type Condition,
  type FilterOptions,
  type Matcher,
} from './compile-filter.ts';
import { impliesPartialFilter } from './partial-filter.ts';
import type { SortKey } from './sort-spec.ts';

/** Key ranges of one index (or of the documents), in the order in which they are read. */
export interface IndexScanPlan {
  readonly kind: 'scan';
  readonly index: IndexSpec;
  /** Bytes without the ident; ascending and disjoint. */
  readonly ranges: readonly { readonly low: Buffer; readonly high: Buffer }[];
  readonly reverse: boolean;
  readonly wholeCollection: boolean;
  /** Some range can hold a document twice. */
  readonly deduplicate: boolean;
  readonly providesSort: boolean;
  /** What the ranges do not answer; undefined when they answer all of the filter. */
  readonly residual: Matcher | undefined;
  readonly boundedFields: readonly string[];
}

/** Documents of any branch of an `$or`, each branch from its own index. */
export interface UnionPlan {
  readonly kind: 'union';
  readonly branches: readonly IndexScanPlan[];
  readonly providesSort: boolean;
  readonly residual: Matcher;
}

/** `filter` can never match: nothing is read. */
export type Plan = IndexScanPlan | UnionPlan;

export interface Query {
  readonly filter: Doc;
  readonly sort?: readonly SortKey[] | undefined;
  /** An index by name or by key pattern, or `{$natural: ±1}`. */
  readonly hint?: Value | undefined;
  readonly options?: FilterOptions | undefined;
}

/** A conjunction of more ranges than this is scanned more coarsely instead. */
const rangesMax = 2_000;

export function planQuery(collection: Collection, query: Query): Plan {
  const conditions = compileConditions(query.filter, query.options);
  const sort = query.sort ?? [];
  const natural = naturalHint(query.hint);
  if (natural !== undefined) return { ...collectionScan(collection, conditions, sort), reverse: natural < 0 };
  if (query.hint !== undefined) {
    const index = hintedIndex(collection, query.hint, conditions);
    return planIndex(index, conditions, sort) ?? scanPlan(index, [], { conditions, sort });
  }
  const best = bestIndex(collection, conditions, sort);
  if (best !== undefined && best.boundedFields.length > 0) return best;
  return planUnion(collection, conditions, query) ?? best ?? collectionScan(collection, conditions, sort);
}

function naturalHint(hint: Value | undefined): number | undefined {
  const natural = isDoc(hint) ? hint.get('$natural') : undefined;
  return isNumeric(natural) ? toNumber(natural) : undefined;
}

/** The index that a hint names. Throws where there is none, or where it is partial and lacks what may match. */
function hintedIndex(collection: Collection, hint: Value, conditions: readonly Condition[]): IndexSpec {
  const index = collection.indexes.find((candidate) => {
    if (typeof hint === 'string') return candidate.name === hint;
    return isDoc(hint) && valuesEqual(candidate.definition.get('key'), hint);
  });
  if (index === undefined || !index.ready) {
    throw new StoreError(
      'BadValue',
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  if (!holdsMatches(index, conditions))
    throw new StoreError(291, `the hinted index ${index.name} does not hold all that may match`);
  return index;
}

function holdsMatches(index: IndexSpec, conditions: readonly Condition[]): boolean {
  return index.partialFilter === undefined || impliesPartialFilter(conditions, index.partialFilter);
}

function bestIndex(
  collection: Collection,
  conditions: readonly Condition[],
  sort: readonly SortKey[],
): IndexScanPlan | undefined {
  let best: { plan: IndexScanPlan; score: number } | undefined;
  for (const index of collection.indexes) {
    if (!index.ready) continue;
    const plan = planIndex(index, conditions, sort);
    if (plan === undefined) continue;
    const score = scoreOf(plan, sort.length > 0);
    if (best === undefined || score > best.score) best = { plan, score };
  }
  return best?.plan;
}

interface ScoredPlan extends IndexScanPlan {
  readonly points: number;
  readonly splitPoints: boolean;
}

/** Equalities weigh most, then an order that saves sorting, then ranges; shorter indexes win ties. */
function scoreOf(plan: ScoredPlan, wantsSort: boolean): number {
  const unsorted = wantsSort && !plan.providesSort && plan.splitPoints;
  const points = unsorted ? plan.points - 1 : plan.points;
  const ranges = plan.boundedFields.length - points;
  const unique = plan.index.unique && points === plan.index.fields.length ? 100 : 0;
  const sorted = wantsSort && plan.providesSort ? 7 : 0;
  const covered = plan.residual === undefined ? 2 : 0;
  return unique + points * 10 + ranges * 4 + sorted + covered - plan.index.fields.length * 0.1;
}

/** A plan over one index; undefined when it may lack matching documents or neither bounds nor sorts. */
function planIndex(
  index: IndexSpec,
  conditions: readonly Condition[],
  sort: readonly SortKey[],
): ScoredPlan | undefined {
  if (!holdsMatches(index, conditions)) return undefined;
  const bounds = indexBounds(index, conditions);
  if (index.sparse && !bounds.some((component) => !component.includesNull)) return undefined;
  const plan = scanPlan(index, bounds, { conditions, sort });
  const sorts = sort.length > 0 && plan.providesSort;
  return bounds.length > 0 || sorts ? plan : undefined;
}

/** Points, and after them one range: what lies behind a range in the key is not in order. */
function indexBounds(index: IndexSpec, conditions: readonly Condition[]): ComponentBounds[] {
  const bounds: ComponentBounds[] = [];
  for (let i = 0; i < index.fields.length; i++) {
    if (i > 0 && index.multikey[i] === true && sharesArray(index, i, bounds.length)) break;
    const onField = conditions.filter((condition) => condition.path === index.fields[i]);
    const component = boundsOf(onField, index.multikey[i] === true);
    if (component === undefined) break;
    bounds.push(component);
    if (!isPoints(component)) break;
  }
  return bounds;
}

/** Reads what `bounds` enclose of an index: with none, all of it. */
function scanPlan(
  index: IndexSpec,
  bounds: readonly ComponentBounds[],
  { conditions, sort }: { conditions: readonly Condition[]; sort: readonly SortKey[] },
): ScoredPlan {
  const order = sortOrder(index, bounds, sort);
  const { ranges, used } = composeRanges(index, bounds);
  const answered = index.inexact
    ? []
    : bounds.slice(0, used).flatMap((component, i) => {
        // An inverted open range is widened (see bounds.ts): its conditions are checked again.
        const open = index.directions[i] === -1 && !isPoints(component);
        return index.multikey[i] === true || open ? [] : component.answered;
      });
  const rest = conditions.filter((condition) => !answered.includes(condition));
  return {
    kind: 'scan',
    index,
    ranges,
    reverse: order === 'reverse',
    wholeCollection: bounds.length === 0,
    deduplicate: index.multikey.some(Boolean) || bounds.some(isMixed),
    providesSort: sort.length === 0 || order !== undefined,
    residual: rest.length === 0 ? undefined : allOf(rest.map((condition) => condition.match)),
    boundedFields: index.fields.slice(0, used),
    points: bounds.filter(isPoints).length,
    // Each of several points is in order, all of them are not: the sort has to read every match first.
    splitPoints: bounds.some((component) => isPoints(component) && component.intervals.length > 1),
  };
}

function isPoints(component: ComponentBounds): boolean {
  return component.intervals.every((interval) => interval.point);
}

/** Several ranges beside points can overlap at their widened ends. */
function isMixed(component: ComponentBounds): boolean {
  return component.intervals.length > 1 && component.intervals.some((interval) => !interval.point);
}

/** Two components through one array: their conditions may be met by different elements. */
function sharesArray(index: IndexSpec, component: number, bounded: number): boolean {
  const root = index.paths[component]?.[0];
  return index.paths.slice(0, bounded).some((parts) => parts[0] === root);
}

function collectionScan(
  collection: Collection,
  conditions: readonly Condition[],
  sort: readonly SortKey[],
): IndexScanPlan {
  const plan = scanPlan(collection.idIndex, [], { conditions, sort: [] });
  return { ...plan, providesSort: sort.length === 0 };
}

/** Every branch must be bounded by an index, else one scan of the collection is cheaper than the union. */
function planUnion(
  collection: Collection,
  conditions: readonly Condition[],
  query: Query,
): UnionPlan | undefined {
  const or = conditions.find((condition) => condition.op === '$or');
  if (or === undefined || !Array.isArray(or.operand)) return undefined;
  const branches: IndexScanPlan[] = [];
  for (const branch of or.operand) {
    if (!isDoc(branch)) return undefined;
    const plan = bestIndex(collection, compileConditions(branch, query.options), []);
    if (plan === undefined || plan.boundedFields.length === 0) return undefined;
    branches.push(plan);
  }
  return {
    kind: 'union',
    branches,
    providesSort: (query.sort ?? []).length === 0,
    residual: allOf(conditions.map((condition) => condition.match)),
  };
}

/** Whether reading the index forwards or backwards gives the sort: single points in front do not matter. */
function sortOrder(
  index: IndexSpec,
  bounds: readonly ComponentBounds[],
  sort: readonly SortKey[],
): 'forward' | 'reverse' | undefined {
  if (sort.length === 0 || index.inexact) return undefined;
  const fixed = new Set<string>();
  bounds.forEach((component, i) => {
    const field = index.fields[i];
    const isPoint = component.intervals.length === 1 && component.intervals[0]?.point === true;
    if (isPoint && !component.includesNull && index.multikey[i] !== true && field !== undefined)
      fixed.add(field);
  });
  let at = 0;
  let direction = 0;
  for (const { path, direction: wanted } of sort) {
    if (fixed.has(path)) continue;
    while (at < index.fields.length && fixed.has(index.fields[at] ?? '')) at++;
    if (index.fields[at] !== path || index.multikey[at] === true) return undefined;
    const relative = wanted * (index.directions[at] ?? 1);
    if (direction !== 0 && relative !== direction) return undefined;
    direction = relative;
    at++;
  }
  return direction < 0 ? 'reverse' : 'forward';
}

/** Joins the components' intervals; points multiply, the first range ends it. */
function composeRanges(
  index: IndexSpec,
  bounds: readonly ComponentBounds[],
): { ranges: { low: Buffer; high: Buffer }[]; used: number } {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  for (let i = 0; i < bounds.length; i++) {
    const component = bounds[i];
    if (component === undefined) break;
    const intervals = oriented(component.intervals, index.directions[i] ?? 1);
    if (prefixes.length * intervals.length > rangesMax && i > 0)
      return { ranges: wholePrefixes(prefixes), used: i };
    if (!intervals.every((interval) => interval.point)) {
      const ranges = prefixes.flatMap((prefix) =>
        intervals.map(({ low, high }) => ({
          low: cutBound(Buffer.concat([prefix, low])),
          high: cutHigh(Buffer.concat([prefix, high])),
        })),
      );
      return { ranges, used: i + 1 };
    }
    prefixes = prefixes.flatMap((prefix) => intervals.map(({ low }) => Buffer.concat([prefix, low])));
  }
  return { ranges: wholePrefixes(prefixes), used: bounds.length };
}

function wholePrefixes(prefixes: readonly Buffer[]): { low: Buffer; high: Buffer }[] {
  return prefixes.map((prefix) => ({ low: cutBound(prefix), high: above(cutBound(prefix)) }));
}

function cutHigh(high: Buffer): Buffer {
  const shorter = cutBound(high);
  return shorter.length === high.length ? high : above(shorter);
}

function oriented(intervals: readonly Interval[], direction: number): readonly Interval[] {
  return direction === -1 ? intervals.map(inverted).reverse() : intervals;
}
