// @ts-check
import { findChromium } from './chromium.mjs';
import { prepareTools } from './prepare.mjs';
import { findRedis } from './redis-program.mjs';
import { command, say } from './say.mjs';
import { runBuild, runPlaywright } from './steps.mjs';
import { createTally } from './tally.mjs';

/** `pnpm e2e [Playwright's arguments]`, on a fresh build. */
await command(async () => {
  const context = await prepareTools();
  await findRedis({ say });
  const chromium = await findChromium({ say });
  const tally = createTally();
  tally.add('build', await runBuild(context));
  tally.add('e2e', await runPlaywright({ ...context, chromium, args: process.argv.slice(2) }));
  return tally.finish();
});
