// @ts-check
import { prepareTools } from './prepare.mjs';
import { findRedis } from './redis-program.mjs';
import { command, say } from './say.mjs';
import { readSettings } from './settings.mjs';

/** Everything that `npm run dev` would install, so that it then starts without the network. */
await command(async () => {
  await prepareTools();
  if (!readSettings().env['REDIS_URL']) await findRedis({ say });
  say('Ready. Start with: npm run dev');
});
