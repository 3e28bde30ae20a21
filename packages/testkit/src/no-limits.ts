import type { BackendOptions } from '@confab/api';

const granted = () => Promise.resolve();

/** Grants whatever the limits on rates would count: for tests of something else that do much of it. */
export const noLimits: NonNullable<BackendOptions['faultyPubsub']> = (pubsub) => ({
  ...pubsub,
  limiter: () => ({ consume: granted, refund: granted, peek: granted }),
});
