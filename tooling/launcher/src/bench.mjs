// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepareTools } from './prepare.mjs';
import { run } from './programs.mjs';
import { root } from './root.mjs';
import { command, Refusal } from './say.mjs';

/** `pnpm bench <name> [arguments]` runs bench/<name>/main.mjs. */
await command(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const dir = join(root, 'bench');
  const names = readdirSync(dir).filter((entry) => existsSync(join(dir, entry, 'main.mjs')));
  if (!names.includes(name)) throw new Refusal(`Usage: pnpm bench <${names.join(' | ')}>`);
  const context = await prepareTools();
  const { code } = await run(process.execPath, [join(dir, name, 'main.mjs'), ...args], {
    ...context,
    cwd: root,
    shown: true,
  });
  return code;
});
