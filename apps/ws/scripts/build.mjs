// @ts-check
import { join } from 'node:path';
import { bundleService } from '@confab/bundle';

const ws = join(import.meta.dirname, '..');
await bundleService({ entry: join(ws, 'src/main.ts'), outfile: join(ws, 'dist/main.mjs') });
