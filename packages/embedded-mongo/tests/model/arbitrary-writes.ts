import fc from 'fast-check';
import { Decimal128, Double, Int32, Long } from 'mongodb';
import { filters } from './arbitrary-queries.ts';
import { contents, numbers, scalars } from './arbitrary-values.ts';
import type { Fields } from './compare-values.ts';

/** One write; a document is named by its number, which may be one that is not there. */
export type Write =
  | { kind: 'insert' | 'replace'; id: number; document: Fields }
  | { kind: 'update'; id: number; update: Record<string, Fields> }
  | { kind: 'updateMany'; filter: Fields; update: Record<string, Fields> }
  | { kind: 'delete'; id: number }
  | { kind: 'deleteMany'; filter: Fields };

/** Numbers of documents: a few more than a run starts with. */
const ids = fc.integer({ min: 0, max: 20 });

const paths = fc.constantFrom('u', 'n', 's', 'e', 'e.f', 'e.g', 'a');
const steps = fc.constantFrom<unknown>(
  new Int32(1),
  new Int32(0),
  Long.fromNumber(1),
  new Double(0.5),
  Decimal128.fromString('0.50'),
);

const onOnePath = (operator: string, operands: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, Fields>> =>
  fc.tuple(paths, operands).map(([path, operand]) => ({ [operator]: { [path]: operand } }));

/** On top-level fields, where nothing is refused. */
const always = fc.oneof(
  fc.record<Fields>({ n: numbers, s: scalars }, { requiredKeys: ['n'] }).map(($set) => ({ $set })),
  fc.tuple(contents, fc.constantFrom('n', 's', 'e')).map(([{ a, ...$set }, gone]) => {
    const kept = Object.fromEntries<unknown>(Object.entries($set).filter(([name]) => name !== gone));
    return Object.keys(kept).length > 0
      ? { $set: a === undefined ? kept : { a, ...kept }, $unset: { [gone]: '' } }
      : { $unset: { [gone]: '' } };
  }),
  numbers.map((n) => ({ $min: { n } })),
  scalars.map((s) => ({ $max: { s } })),
);

const updates: fc.Arbitrary<Record<string, Fields>> = fc.oneof(
  { weight: 3, arbitrary: always },
  onOnePath('$set', scalars),
  onOnePath('$unset', fc.constant('')),
  { weight: 2, arbitrary: onOnePath('$inc', steps) },
  onOnePath('$min', scalars),
  onOnePath('$max', scalars),
  fc
    .tuple(
      fc.constantFrom('$push', '$addToSet', '$pull'),
      fc.oneof({ weight: 2, arbitrary: numbers }, scalars),
    )
    .map(([operator, a]) => ({ [operator]: { a } })),
);

export const writes: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ kind: fc.constantFrom('insert' as const, 'replace' as const), id: ids, document: contents }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('update' as const), id: ids, update: updates }) },
  fc.record({ kind: fc.constant('updateMany' as const), filter: filters, update: always }),
  fc.record({ kind: fc.constant('delete' as const), id: ids }),
  fc.record({ kind: fc.constant('deleteMany' as const), filter: filters }),
);
