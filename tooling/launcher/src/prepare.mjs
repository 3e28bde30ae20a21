// @ts-check
import { installDependencies } from './dependencies.mjs';
import { onInterrupt } from './interrupt.mjs';
import { pnpmEnv } from './pnpm.mjs';
import { say } from './say.mjs';

/**
 * What every command needs that runs tools of the repository: dependencies, and an environment with pnpm and without
 * anybody's telemetry. An interrupt ends the tool that runs, and the command with it.
 * @returns {Promise<import('./steps.mjs').Context>}
 */
export async function prepareTools() {
  const stop = new AbortController();
  onInterrupt({
    stop: () => {
      stop.abort();
      process.exit(130);
    },
    hurry: () => process.exit(130),
  });
  await installDependencies({ say, signal: stop.signal });
  const env = await pnpmEnv({ say, signal: stop.signal });
  return {
    env: { ...env, TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' },
    signal: stop.signal,
  };
}
