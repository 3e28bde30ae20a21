// What is promised of delivery, measured on the running product. Exits with 1 when a promise is broken.
//   pnpm bench promises [duplicates | absence | revocation | presence | outage]... [--rounds 200] [--seconds 120]
// Needs a build (`pnpm build`). Names: all when absent. Rounds: client ids of `duplicates`; seconds: of `outage`.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { round } from '../store/measure.mjs';
import { measureAbsence } from './absence.ts';
import { measureDuplicates } from './duplicates.ts';
import type { Figure } from './figure.ts';
import { measureOutage } from './outage.ts';
import { measurePresence } from './presence.ts';
import { measureRevocation } from './revocation.ts';
import { startWorld, type World } from './world.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '120' },
  },
});

const promises: Record<string, (world: World) => Promise<Figure[]>> = {
  duplicates: (world) => measureDuplicates(world, Number(values.rounds)),
  absence: measureAbsence,
  revocation: measureRevocation,
  presence: measurePresence,
  outage: (world) => measureOutage(world, Number(values.seconds) * 1_000),
};

interface Result {
  readonly date: string;
  readonly seconds: number;
  /** Of the minute before and of the last minute: others may have used the machine, too. */
  readonly load: readonly [number, number];
  readonly figures: readonly Figure[];
}

const dataDir = join(import.meta.dirname, '../../.data/promises');

async function run(name: string, measure: (world: World) => Promise<Figure[]>): Promise<Result> {
  const from = performance.now();
  const since = () => (performance.now() - from) / 1_000;
  const date = new Date().toISOString();
  const load = () => round(loadavg()[0] ?? 0);
  const before = load();
  const dir = join(dataDir, name);
  const world = await startWorld(dir, (line) => {
    console.log(`${since().toFixed(1).padStart(6)} s  ${line}`);
  });
  try {
    const figures = await measure(world);
    return { date, seconds: Math.round(since()), load: [before, load()], figures };
  } finally {
    await world.stop();
  }
}

/** One file a day; each promise replaces its own part of it. */
function keep(name: string, result: Result): void {
  const file = new URL(`../results/${result.date.slice(0, 10)}-promises.json`, import.meta.url);
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { promises: object }) : null;
  const machine = { node: process.version, cores: cpus().length, model: cpus()[0]?.model ?? '' };
  const content = { machine, promises: { ...known?.promises, [name]: result } };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

const unknown = positionals.filter((name) => !(name in promises));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are: ${Object.keys(promises).join(', ')}.`);
  process.exit(1);
}
let broken = 0;
for (const [name, measure] of Object.entries(promises)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const result = await run(name, measure);
  keep(name, result);
  console.table(
    result.figures.map(({ what, size, seen, promised, holds }) => ({ what, size, seen, promised, holds })),
  );
  const failed = result.figures.filter(({ holds }) => !holds);
  for (const { what, seen, promised } of failed)
    console.error(`BROKEN ${name}: ${what}: ${seen}, promised ${promised ?? ''}`);
  if (failed.length === 0) rmSync(join(dataDir, name), { recursive: true });
  else console.error(`What the processes logged is in ${join(dataDir, name)}`);
  broken += failed.length;
}
process.exit(broken === 0 ? 0 : 1);
