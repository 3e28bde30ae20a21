// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pnpmEnv } from './pnpm.mjs';
import { run } from './programs.mjs';
import { root } from './root.mjs';
import { Refusal } from './say.mjs';

/** Inside node_modules, so that whoever deletes those deletes it too. */
const stampFile = join(root, 'node_modules', '.confab-installed');

/**
 * Installs from the lockfile, unless exactly that is installed already.
 * @param {import('./pnpm.mjs').Options} options
 */
export async function installDependencies({ say, signal }) {
  const stamp = installStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const env = await pnpmEnv({ say, ...(signal ? { signal } : {}) });
  say('Installing the dependencies.');
  const args = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
  const { code, output } = await run('pnpm', args, { cwd: root, env, ...(signal ? { signal } : {}) });
  signal?.throwIfAborted();
  if (code !== 0) throw new Refusal(`The dependencies could not be installed:\n${output.trimEnd()}`);
  writeFileSync(stampFile, stamp);
}

/** Changes with the lockfile, with any manifest, and with the machine: native packages differ by platform. */
function installStamp() {
  const hash = createHash('sha256').update([process.platform, process.arch, process.versions.modules].join());
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...workspaceManifests()]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Every workspace package lies at most one folder below a folder of the root. */
function workspaceManifests() {
  const folders = ['apps', 'packages', 'tooling'].flatMap((dir) =>
    readdirSync(join(root, dir)).map((name) => join(dir, name)),
  );
  return [...folders, 'e2e', 'bench', 'docs']
    .map((dir) => join(dir, 'package.json'))
    .filter((file) => existsSync(join(root, file)));
}
