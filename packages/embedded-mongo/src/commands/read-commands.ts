import { docOf, type Doc, type Value } from '../bson/value.ts';
import { compareValues } from '../bson/compare.ts';
import { encodeComponent } from '../bson/key.ts';
import { splitPath, visitLeaves } from '../bson/path.ts';
import { countDocuments } from '../query/count-documents.ts';
import { planQuery } from '../query/plan.ts';
import { Scan } from '../query/scan.ts';
import { MemoryMeter } from '../query/memory-meter.ts';
import { TopSorter } from '../query/top-sorter.ts';
import type { CommandDefinition } from './command.ts';
import { hintOf } from './find.ts';

function filterOf(query: Doc | undefined): Doc {
  return query ?? new Map<string, Value>();
}

const count: CommandDefinition = {
  fields: ['query', 'limit', 'skip', 'hint', 'fields'],
  run: async ({ store }, command) => {
    const { ns } = command.namespace();
    const collection = store.collection(ns);
    if (collection === undefined) return docOf({ n: 0 });
    const filter = filterOf(command.doc('query'));
    const skip = command.count('skip') ?? 0;
    const limit = command.count('limit') ?? 0;
    const plan = planQuery(collection, { filter, hint: hintOf(command.get('hint')) });
    const total = await countDocuments(store, {
      collection,
      filter,
      plan,
      pace: command.pace(),
      most: limit === 0 ? Infinity : skip + limit,
    });
    return docOf({ n: Math.min(Math.max(0, total - skip), limit === 0 ? Infinity : limit) });
  },
};

interface Distinct {
  readonly value: Value;
  readonly bytes: number;
}

const distinct: CommandDefinition = {
  fields: ['key', 'query', 'hint'],
  run: async ({ store }, command) => {
    const { ns } = command.namespace();
    const parts = splitPath(command.text('key'));
    const collection = store.collection(ns);
    if (collection === undefined) return docOf({ values: [] });
    const pace = command.pace();
    const scan = new Scan(
      store.env,
      collection,
      planQuery(collection, { filter: filterOf(command.doc('query')), hint: hintOf(command.get('hint')) }),
    );
    const values = new Map<string, Value>();
    const meter = new MemoryMeter();
    for (;;) {
      const hit = scan.step();
      if (hit === null) break;
      if (pace.step(scan.cost)) await pace.rest();
      if (hit === undefined) continue;
      visitLeaves(hit.doc, parts, (value) => {
        if (value === undefined || Array.isArray(value)) return false;
        const key = encodeComponent(value).bytes.toString('latin1');
        if (!values.has(key)) meter.add(key.length * 4);
        values.set(key, values.get(key) ?? value);
        return false;
      });
    }
    const compare = (a: Distinct, b: Distinct): number => compareValues(a.value, b.value);
    const sorter = new TopSorter<Distinct>({ compare, limit: Infinity, pace });
    for (const value of values.values()) {
      const merged = sorter.add({ value, bytes: 0 });
      if (merged !== undefined) await merged;
    }
    return docOf({ values: (await sorter.sorted()).map(({ value }) => value) });
  },
};

export const readCommands: Record<string, CommandDefinition> = { count, distinct };
