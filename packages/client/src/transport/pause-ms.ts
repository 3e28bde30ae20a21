const pauseMaxMs = 5_000;

/** Before a next attempt: doubles up to 5 s; half of it is random, so that a restarted server's clients spread out. */
export function pauseMs(failures: number, random: () => number = Math.random): number {
  return Math.min(pauseMaxMs, 250 * 2 ** failures) * (0.5 + random() / 2);
}
