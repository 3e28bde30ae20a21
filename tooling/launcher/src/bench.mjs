// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepareTools } from './prepare.mjs';
import { run } from './programs.mjs';
import { root } from './root.mjs';
import { command, Refusal } from './say.mjs';

/** `pnpm bench <name> [arguments]` runs bench/<name>/main.mjs, or main.ts through tsx. */
const programs = { 'main.mjs': [], 'main.ts': ['--import', 'tsx'] };

await command(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const dir = join(root, 'bench');
  const found = readdirSync(dir).flatMap((entry) =>
    Object.entries(programs)
      .filter(([file]) => existsSync(join(dir, entry, file)))
      .map(([file, nodeOptions]) => ({ entry, file: join(dir, entry, file), nodeOptions })),
  );
  const names = found.map(({ entry }) => entry);
  const wanted = found.find(({ entry }) => entry === name);
  if (!wanted) throw new Refusal(`Usage: pnpm bench <${names.join(' | ')}>`);
  const context = await prepareTools();
  const { code } = await run(process.execPath, [...wanted.nodeOptions, wanted.file, ...args], {
    ...context,
    cwd: dir,
    shown: true,
  });
  return code;
});
