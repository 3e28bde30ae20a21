// @ts-check
import { prepareTools } from './prepare.mjs';
import { command } from './say.mjs';
import { runChecks } from './steps.mjs';
import { createTally } from './tally.mjs';

await command(async () => {
  const tally = createTally();
  await runChecks(tally, await prepareTools(), process.argv[2]);
  return tally.finish();
});
