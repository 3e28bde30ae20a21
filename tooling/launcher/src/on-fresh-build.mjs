// @ts-check
import { prepareTools } from './prepare.mjs';
import { findRedis } from './redis-program.mjs';
import { command, say } from './say.mjs';
import { runBuild } from './steps.mjs';
import { createTally } from './tally.mjs';

/**
 * The command that builds the product and then runs one suite on it, with the arguments that the command was given.
 * @param {string} name
 * @param {(context: import('./steps.mjs').Context & { args: string[] }) => Promise<import('./tally.mjs').Counts>} run
 */
export const onFreshBuild = (name, run) =>
  command(async () => {
    const context = await prepareTools();
    await findRedis({ say });
    const tally = createTally();
    const build = await runBuild(context);
    tally.add('build', build);
    if (build.passed) tally.add(name, await run({ ...context, args: process.argv.slice(2) }));
    return tally.finish();
  });
