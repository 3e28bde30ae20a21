// Whether hours of load leave memory, descriptors, listeners and Redis keys flat. Needs `pnpm build`.
//   pnpm bench soak [--minutes 60]
//   pnpm bench soak --control --minutes 3       with a product that leaks on purpose: it must be found out
//   pnpm bench soak --report .data/soak/<run>   what a run showed so far, also one that was ended
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readJournal } from './journal.ts';
import { leaking } from './leak.ts';
import { planOf } from './plan.ts';
import { print, resultOf } from './report.ts';
import { run } from './run.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    control: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
if (!(minutes >= 3)) throw new RangeError('--minutes takes 3 or more');

const root = join(import.meta.dirname, '../..');
const dir =
  values.report === undefined
    ? join(root, '.data/soak', new Date().toISOString().replaceAll(':', '-'))
    : resolve(root, values.report);
const say = (line: string) => {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
};
const plan = planOf({ minutes, control: values.control, dir, say });
if (values.report === undefined) await run(plan);
const result = resultOf(readJournal(plan.journal));
print(result);
if (values.control) {
  const missed = leaking.filter((name) => !result.grew.includes(name));
  console.log(missed.length === 0 ? 'Every leak was found out.' : `Missed: ${missed.join(', ')}`);
  process.exit(missed.length === 0 ? 0 : 1);
}
const results = join(root, 'bench/results');
mkdirSync(results, { recursive: true });
const file = join(results, `${result.date.slice(0, 10)}-soak.json`);
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
process.exit(result.grew.length === 0 && result.whole ? 0 : 1);
