import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Options, readOptions, UsageError } from './options.ts';
import { pause } from './pause.ts';
import { killsLeft, type Progress, readProgress, writeProgress } from './progress.ts';
import { report } from './report.ts';
import type { SegmentPlan } from './segment/plan.ts';
import { runSegment, type SegmentResult } from './segment/run-segment.ts';
import { verdict } from './verdict.ts';

const dir = join(import.meta.dirname, '../../.data/chaos');
/** Of the short form; its list of faults is over long before. */
const shortMaxMs = 420_000;
/** For what comes before and after the faults of a segment. */
const calmMs = 90_000;

/** Longer than every wait after the faults together. */
const hangsAfterMs = 360_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

function sayWithTime(): (line: string) => void {
  const from = performance.now();
  return (line) => {
    say(`${((performance.now() - from) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
  };
}

/** A run that does not end is a failure too. What it started ends with this process. */
async function hangs(afterMs: number): Promise<never> {
  await pause(afterMs);
  throw new Error('the run did not end');
}

/** Runs a segment and says what became of it. Its folder stays when there is something to be seen in it. */
async function run(plan: SegmentPlan): Promise<{ result: SegmentResult; passed: number; failed: string[] }> {
  const result = await Promise.race([runSegment(plan), hangs(plan.disturbedMs + hangsAfterMs)]);
  const verdicts = verdict(plan, result);
  const failed = [...verdicts].flatMap(([name, fault]) => (fault === null ? [] : [`${name}: ${fault}`]));
  if (failed.length === 0) rmSync(plan.dir, { recursive: true });
  else {
    writeFileSync(join(plan.dir, 'result.json'), JSON.stringify(result, null, 1));
    say(`What the processes logged, and the result, is in ${plan.dir}`);
  }
  return { result, passed: verdicts.size - failed.length, failed };
}

async function runShort({ seed, clients }: Options) {
  const wanted = { web: 5, ws: 5, redis: 5, store: 5 };
  const short = { index: 0, wanted, disturbedMs: shortMaxMs, once: true };
  const done = await run({ ...short, seed, clients, dir: join(dir, `short-${seed}`), say: sayWithTime() });
  report([done.result]).forEach(say);
  return done;
}

async function runLong({ seed, clients, segmentMinutes, resume, segment }: Options, kills: number) {
  const file = join(dir, `seed-${seed}.json`);
  const known = resume || segment !== null ? readProgress(file, { clients, kills }) : null;
  const before: Progress = known ?? { seed, clients, kills, segments: [] };
  const failedBefore = before.segments.filter(isBad).map(({ index }) => `segment ${index}`);
  const index = segment ?? before.segments.length;
  const wanted = before.segments[index]?.wanted ?? killsLeft(kills, before.segments);
  if (segment === null && Object.values(wanted).every((count) => count === 0)) {
    report(before.segments).forEach(say);
    say('Every kill is done.');
    return { passed: 1, failed: failedBefore };
  }
  const disturbedMs = segmentMinutes * 60_000 - calmMs;
  const plan = { seed, index, clients, wanted, disturbedMs, once: false, say: sayWithTime() };
  const done = await run({ ...plan, dir: join(dir, `seed-${seed}-segment-${index}`) });
  if (segment !== null) {
    report([done.result]).forEach(say);
    return done;
  }
  const date = new Date().toISOString();
  const segments = [...before.segments, { index, date, wanted, ...done.result }];
  writeProgress(file, { ...before, segments });
  report(segments).forEach(say);
  const left = Object.entries(killsLeft(kills, segments)).filter(([, count]) => count > 0);
  if (left.length === 0) say('Every kill is done.');
  else say(`Left: ${left.map(([name, count]) => `${count} of ${name}`).join(', ')}. Go on with --resume.`);
  return { ...done, failed: [...done.failed, ...failedBefore] };
}

/** What a segment was failed for stays with the run. */
function isBad({ violations, outlivedSupervisor, findsForgedAcknowledgement }: SegmentResult): boolean {
  return violations.length > 0 || outlivedSupervisor.length > 0 || !findsForgedAcknowledgement;
}

try {
  const options = readOptions(process.argv.slice(2));
  mkdirSync(dir, { recursive: true });
  const { passed, failed } =
    options.kills === null ? await runShort(options) : await runLong(options, options.kills);
  for (const name of failed) say(`FAILED ${name} (seed ${options.seed})`);
  if (options.countsFile !== null)
    writeFileSync(options.countsFile, JSON.stringify({ passed, failed: failed.length, failures: failed }));
  process.exit(failed.length === 0 ? 0 : 1);
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${error instanceof UsageError ? error.message : text}\n`);
  process.exit(1);
}
