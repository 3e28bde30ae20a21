import type { Random } from '../random.ts';
import type { Stage } from './stage.ts';

/** Something that goes wrong for a while, and is right again when `run` resolves. */
export interface Fault {
  readonly name: string;
  /** Resolves to false when it could not be done, because what it is done to was away. */
  run(stage: Stage, random: Random): Promise<boolean>;
}

/** False when it threw: what it was done to is away, killed by another fault. */
export async function attempt(action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch {
    return false;
  }
}
