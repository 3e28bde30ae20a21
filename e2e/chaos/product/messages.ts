import type { RunningService } from '@confab/launcher';

/** From the process that supervises the product. */
export type Report =
  | {
      readonly event: 'started';
      readonly services: readonly RunningService[];
      readonly mongodbUri: string;
      readonly redisUrl: string;
    }
  | { readonly event: 'changed'; readonly services: readonly RunningService[] };

/** To it: the only thing that it is ever told. */
export const stopOrder = 'stop';
