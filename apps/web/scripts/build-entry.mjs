// @ts-check
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const web = join(import.meta.dirname, '..');
const dist = join(web, 'dist');
const standalone = join(web, '.next/standalone/apps/web');

await rm(dist, { recursive: true, force: true });
await build({
  entryPoints: [join(web, 'server/main.ts')],
  outfile: join(dist, 'main.mjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  // Only this machine's argon2 is installed; the package asks for each platform's and takes the one that is there.
  loader: { '.node': 'copy' },
  external: ['next'],
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
  },
  logLevel: 'warning',
});

// The standalone folder becomes whole: it holds the server's files only, and the entry is what starts it.
await cp(join(web, '.next/static'), join(standalone, '.next/static'), { recursive: true });
await cp(dist, standalone, { recursive: true });
