import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Pnpm writes it anew with every installation that changed something. */
const installationFile = '../../node_modules/.modules.yaml';

/**
 * Drops what the bundler kept of its last development run when packages were installed since: such a cache may name
 * modules that are no longer where they were, and then every page fails, restart or not.
 * @param dir of the application
 */
export async function forgetStaleCache(dir: string): Promise<void> {
  const { mtimeMs } = await stat(join(dir, installationFile));
  const installation = String(mtimeMs);
  const stampFile = join(dir, '.next/installation');
  const known = await readFile(stampFile, 'utf8').catch(() => null);
  if (known === installation) return;
  await rm(join(dir, '.next/dev'), { recursive: true, force: true });
  await mkdir(join(dir, '.next'), { recursive: true });
  await writeFile(stampFile, installation);
}
