import type { Check } from '../attack.ts';
import { pause } from '../../chaos/pause.ts';
import type { ServiceName } from '../../chaos/product/product.ts';
import { hasProc } from '../../processes/process-state.ts';
import type { Stage } from './stage.ts';

const windowMs = 1_500;
/** The canary's own work, and some garbage to collect. */
const cpuMaxSeconds = 0.75;

/**
 * An attacker has left: does their work go on? Told by the CPU that is used in a short while; a busy machine can only
 * make it less.
 */
export async function leftBehind(stage: Stage, ...names: ServiceName[]): Promise<Check[]> {
  if (!hasProc) return [];
  const before = stage.cpu(...names);
  await pause(windowMs);
  const seconds = stage.cpu(...names) - before;
  const what = `work of ${names.join(', ')} for an attacker who has left`;
  return [
    {
      what,
      seen: `${seconds.toFixed(2)} CPU-s in ${windowMs / 1_000} s, at most ${cpuMaxSeconds}`,
      holds: seconds <= cpuMaxSeconds,
    },
  ];
}
