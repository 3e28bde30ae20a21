// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, wherever it was cloned to (spaces included). */
export const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

/** What the launcher installs for itself: tools and unpacked programs, apart from the product's data. */
export const toolsDir = join(root, '.data', 'tools');

/** Programs unpacked from the system's packages without root. */
export const binDir = join(root, '.data', 'bin');
