// @ts-check
// How long `npm run dev` and `npm start` take to an answering page, and what each process holds in memory when idle.
//   pnpm bench startup [runs]      needs `npm run build` first; Linux only (it reads /proc)
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureRun } from './measure-run.mjs';

const runs = Number(process.argv[2] ?? 3);
const target = { secondsToPage: 10, megabytes: 600 };

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {'dev' | 'start'} script */
async function measure(script) {
  const dataDir = mkdtempSync(join(tmpdir(), 'confab-bench-'));
  try {
    await measureRun({ script, dataDir, idleMs: 0 }); // Warms the caches; not counted.
    const results = [];
    for (let run = 1; run <= runs; run += 1)
      results.push(await measureRun({ script, dataDir, idleMs: 10_000 }));
    const seconds = results.map(({ secondsToPage }) => secondsToPage);
    const last = results.at(-1);
    return {
      secondsToPage: median(seconds),
      runs: seconds,
      idleMegabytes: last?.megabytes ?? {},
      idleTotal: last?.total ?? NaN,
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const result = {
  date: new Date().toISOString(),
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  machine: { node: process.version, platform: process.platform, cores: cpus().length },
  dev: await measure('dev'),
  start: await measure('start'),
};
const dir = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(dir, { recursive: true });
writeFileSync(join(dir, `${result.date.slice(0, 10)}-startup.json`), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
const met = result.start.secondsToPage <= target.secondsToPage && result.start.idleTotal <= target.megabytes;
console.log(
  `npm start: ${met ? 'within' : 'BEYOND'} the target of ${target.secondsToPage} s and ${target.megabytes} MB`,
);
process.exitCode = met ? 0 : 1;
