// @ts-check
import { findChromium } from './chromium.mjs';
import { prepareTools } from './prepare.mjs';
import { findRedis } from './redis-program.mjs';
import { command, Refusal, say } from './say.mjs';
import { runAttacks, runBuild, runChaos, runChecks, runPlaywright, runVitest } from './steps.mjs';
import { createTally } from './tally.mjs';

const oneFailed = { passed: 0, failed: 1 };

/** Everything, from nothing but Node and npm. The last line counts all of it. */
await command(async () => {
  const context = await prepareTools();
  const tally = createTally();
  const redis = await orMissing(() => findRedis({ say }));
  const chromium = await orMissing(() => findChromium({ say }));
  await runChecks(tally, context);
  tally.add('tests', redis ? await runVitest(context) : oneFailed);
  const build = await runBuild(context);
  tally.add('build', build);
  tally.add(
    'e2e',
    redis && chromium && build.passed ? await runPlaywright({ ...context, chromium }) : oneFailed,
  );
  tally.add('chaos', redis && build.passed ? await runChaos(context) : oneFailed);
  tally.add('attacks', redis && build.passed ? await runAttacks(context) : oneFailed);
  return tally.finish();
});

/**
 * What cannot be had is said in one line, and what needs it fails.
 * @template T
 * @param {() => Promise<T>} find
 */
async function orMissing(find) {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(error.message);
    return undefined;
  }
}
