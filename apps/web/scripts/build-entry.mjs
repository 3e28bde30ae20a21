// @ts-check
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleService } from '@confab/bundle';

const web = join(import.meta.dirname, '..');
const dist = join(web, 'dist');
const standalone = join(web, '.next/standalone/apps/web');

await bundleService({
  entry: join(web, 'server/main.ts'),
  outfile: join(dist, 'main.mjs'),
  external: ['next'],
});

// The standalone folder becomes whole: it holds the server's files only, and the entry is what starts it.
await cp(join(web, '.next/static'), join(standalone, '.next/static'), { recursive: true });
await cp(dist, standalone, { recursive: true });
