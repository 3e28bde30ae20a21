import type { BackendOptions } from '@confab/api';

const hourMs = 3_600_000;

/** The product's limit of this name with so few points that a test can use them up; one comes back an hour by default. */
export function scarceLimit(
  name: string,
  points: number,
  everyMs = hourMs,
): NonNullable<BackendOptions['faultyPubsub']> {
  return (pubsub) => ({
    ...pubsub,
    limiter: (options) =>
      pubsub.limiter(
        options.name === name ? { name, points, windowMs: points * everyMs, portion: 1 } : options,
      ),
  });
}
