// @ts-check
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a service into one ES module that runs with nothing installed beside it but what is named as external.
 * @param {{ entry: string, outfile: string, external?: string[] }} options
 */
export async function bundleService({ entry, outfile, external = [] }) {
  await rm(dirname(outfile), { recursive: true, force: true });
  await build({
    entryPoints: [entry],
    outfile,
    external,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    // Only this machine's argon2 is installed; the package asks for each platform's and takes the one that is there.
    loader: { '.node': 'copy' },
    // What was CommonJS still calls require; the alias cannot collide with an import of the bundle.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  });
}
