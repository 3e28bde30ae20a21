// @ts-check
import { prepareTools } from './prepare.mjs';
import { findRedis } from './redis-program.mjs';
import { command, say } from './say.mjs';
import { runVitest } from './steps.mjs';
import { createTally } from './tally.mjs';

const usage = 'Usage: pnpm test:mongo <mongodb://host:port>, the server to run the tests on';

/** `pnpm test:mongo <uri>`: every test that talks to a database, on another server than our own. */
await command(async () => {
  const [uri, ...more] = process.argv.slice(2);
  if (uri === undefined || more.length > 0 || !/^mongodb(\+srv)?:\/\/[^\s/]+/.test(uri)) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const { env, signal } = await prepareTools();
  await findRedis({ say });
  const tally = createTally();
  const args = ['--project', 'integration', '--project', 'realtime'];
  tally.add('tests', await runVitest({ env: { ...env, MONGODB_URI: uri }, signal, args }));
  return tally.finish();
});
