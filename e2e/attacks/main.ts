import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { pause } from '../chaos/pause.ts';
import { Canary } from './canary/canary.ts';
import { attacks } from './list.ts';
import { latencyOf } from './observe.ts';
import { type Options, readOptions, UsageError } from './options.ts';
import { report } from './report.ts';
import { type AttackResult, runAttack } from './run-attack.ts';
import { Stage } from './stage/stage.ts';

const dir = join(import.meta.dirname, '../../.data/attacks');
const quietMs = 3_000;

const from = performance.now();
const say = (line: string) => void process.stdout.write(`${line}\n`);
const sayWithTime = (line: string) => {
  say(`${((performance.now() - from) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
};

interface Scene {
  readonly stage: Stage;
  readonly canary: Canary;
}

async function openScene(name: string, { long }: Options): Promise<Scene> {
  const stageDir = join(dir, name);
  rmSync(stageDir, { recursive: true, force: true });
  mkdirSync(stageDir, { recursive: true });
  const stage = await Stage.open({ dir: stageDir, size: long ? 'long' : 'short' });
  try {
    const canary = await Canary.start(stage);
    await canary.window();
    await pause(quietMs);
    await canary.settle(quietMs);
    const { p50Ms, p99Ms } = latencyOf((await canary.window()).deliveredMs);
    sayWithTime(`A product is up; the canary alone: p50 ${p50Ms} ms, p99 ${p99Ms} ms.`);
    return { stage, canary };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function closeScene({ stage, canary }: Scene): Promise<void> {
  await canary.stop();
  await stage.close();
}

/** A product that an attack harmed is not the next one's; and in the long form each has its own. */
async function runAll(options: Options): Promise<AttackResult[]> {
  const chosen = attacks.filter(({ name, isLong = false }) =>
    options.only.length === 0 ? options.long || !isLong : options.only.includes(name),
  );
  const results: AttackResult[] = [];
  let scene: Scene | null = null;
  try {
    for (const attack of chosen) {
      if (attack.needs?.() === false) {
        sayWithTime(`${attack.name} shows nothing here, and is left out.`);
        continue;
      }
      scene ??= await openScene(attack.name, options);
      sayWithTime(`${attack.name}: ${attack.sends}`);
      const result = await runAttack(attack, scene.stage, scene.canary);
      results.push(result);
      const bad = result.checks.filter(({ holds }) => !holds);
      for (const { what, seen } of bad) sayWithTime(`  FAILED ${what}: ${seen}`);
      if (bad.length === 0 && !options.long) continue;
      await closeScene(scene);
      scene = null;
    }
  } finally {
    if (scene) await closeScene(scene);
  }
  return results;
}

function keep(options: Options, results: readonly AttackResult[]): void {
  const file = join(dir, options.long ? 'long.json' : 'short.json');
  const date = new Date().toISOString();
  const plain = results.map(({ observation, ...rest }) => ({
    ...rest,
    observation: { ...observation, statuses: Object.fromEntries(observation.statuses) },
  }));
  writeFileSync(
    file,
    `${JSON.stringify({ date, node: process.version, load: loadavg(), results: plain }, null, 1)}\n`,
  );
  say(`The figures are in ${file}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  mkdirSync(dir, { recursive: true });
  const results = await runAll(options);
  report(results).forEach(say);
  keep(options, results);
  const checks = results.flatMap(({ name, checks }) => checks.map((check) => ({ ...check, name })));
  const failures = checks
    .filter(({ holds }) => !holds)
    .map(({ name, what, seen }) => `${name}: ${what}: ${seen}`);
  const [failed, passed] = [failures.length, checks.length - failures.length];
  if (options.countsFile !== null)
    writeFileSync(options.countsFile, JSON.stringify({ passed, failed, failures }));
  process.exit(failed === 0 && checks.length > 0 ? 0 : 1);
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${error instanceof UsageError ? error.message : text}\n`);
  process.exit(1);
}
