// @ts-check
import { onFreshBuild } from './on-fresh-build.mjs';
import { runAttacks } from './steps.mjs';

/** `pnpm attacks [its arguments]`. */
await onFreshBuild('attacks', runAttacks);
