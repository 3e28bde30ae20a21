import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits, rates } from '@confab/contract';
import { expect, it } from 'vitest';
import { code, rowsOf } from './rows-of.ts';

const page = readFileSync(join(import.meta.dirname, '../architecture/limits.md'), 'utf8');

/** Every row that names a limit or a rate. */
const rows = rowsOf(page);
const named = new Map(rows.map(([name, ...cells]) => [code(name), cells]));

const written = (value: number) => value.toLocaleString('en');

/** As the page writes a limit: a number, the choices, or a budget of each kind. */
function textOf(limit: (typeof limits)[keyof typeof limits]): string {
  if (typeof limit === 'number') return written(limit);
  if (Array.isArray(limit)) return limit.map(written).join(', ');
  return Object.values(limit as Record<string, { burst: number; perSecond: number }>)
    .map(({ burst, perSecond }) => `${written(burst)} + ${written(perSecond)}`)
    .join('; ');
}

it('the table of limits has each limit of the contract with its value', () => {
  for (const [name, limit] of Object.entries(limits))
    expect([name, named.get(name)?.[0]]).toEqual([name, textOf(limit)]);
});

it('the table of rates has each rate of the contract with its pace', () => {
  for (const [name, { points, everyMs }] of Object.entries(rates)) {
    expect([name, named.get(name)?.slice(0, 2)]).toEqual([name, [written(points), written(everyMs)]]);
  }
});

it('the tables have nothing else, and nothing twice', () => {
  expect(rows).toHaveLength(named.size);
  expect([...named.keys()].sort()).toEqual([...Object.keys(limits), ...Object.keys(rates)].sort());
});
