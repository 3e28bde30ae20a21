// @ts-check
import { prepareTools } from './prepare.mjs';
import { command } from './say.mjs';
import { runBuild } from './steps.mjs';

await command(async () => (await runBuild(await prepareTools())).failed);
