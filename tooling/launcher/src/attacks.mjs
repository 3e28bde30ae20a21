// @ts-check
import { prepareTools } from './prepare.mjs';
import { findRedis } from './redis-program.mjs';
import { command, say } from './say.mjs';
import { runAttacks, runBuild } from './steps.mjs';
import { createTally } from './tally.mjs';

/** `pnpm attacks [its arguments]`, on a fresh build. */
await command(async () => {
  const context = await prepareTools();
  await findRedis({ say });
  const tally = createTally();
  const build = await runBuild(context);
  tally.add('build', build);
  if (build.passed) tally.add('attacks', await runAttacks({ ...context, args: process.argv.slice(2) }));
  return tally.finish();
});
