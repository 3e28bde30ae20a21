// @ts-check

/** npm passes a Ctrl-C on that the terminal has sent already: two that are this close are one. */
const sameMs = 1000;
const parentEveryMs = 500;

/**
 * Watches for whatever asks the launcher to stop: Ctrl-C, TERM, a closed terminal, or the death of the npm or pnpm that
 * started it (a kill -9 of that reaches nobody else).
 * @param {object} reactions
 * @param {() => void} reactions.stop the first time
 * @param {() => void} reactions.hurry when asked again, later than npm's echo
 * @param {() => number} [reactions.now]
 */
export function onInterrupt({ stop, hurry, now = Date.now }) {
  /** @type {number | undefined} */
  let askedAt;
  const ask = () => {
    if (askedAt === undefined) {
      askedAt = now();
      stop();
    } else if (now() - askedAt > sameMs) {
      hurry();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
  if (process.env['npm_lifecycle_event']) {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      ask();
    }, parentEveryMs);
    timer.unref();
  }
}
