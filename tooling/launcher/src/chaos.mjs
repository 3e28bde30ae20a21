// @ts-check
import { onFreshBuild } from './on-fresh-build.mjs';
import { runChaos } from './steps.mjs';

/** `pnpm chaos [its arguments]`. */
await onFreshBuild('chaos', runChaos);
