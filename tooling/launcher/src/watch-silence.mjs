// @ts-check
import { setMaxListeners } from 'node:events';

/**
 * @typedef {object} Watch
 * @property {import('./attempt.mjs').Probe} probe
 * @property {number} everyMs between two probes
 * @property {number} silenceMaxMs
 * @property {(silentMs: number) => void} onSilent once; nothing is asked afterwards
 * @property {(trouble: string | undefined) => void} onTrouble what it says is wrong, when that has changed for two answers:
 * what is over by the next one is nobody's concern
 * @property {() => number} [now] monotonic milliseconds
 */

/** A tick that comes so much too late says that this process, and so the machine, stood still. */
const lateFactor = 1.5;

/**
 * Asks a service again and again whether it answers. Silence is counted in probes that stay without an answer, from the
 * first of them on, so a service that stood still for `silenceMaxMs` and goes on is never taken for dead. An answer
 * counts however late it comes. Time in which this process itself did not run does not count: a machine that slept, or
 * has no time for anybody, says nothing about the service.
 * @param {Watch} options
 * @returns {() => void} ends it
 */
export function watchSilence({ probe, everyMs, silenceMaxMs, onSilent, onTrouble, now = monotonicMs }) {
  // One more than the silence takes: the first one may have been sent just before it began.
  const missesMax = Math.ceil(silenceMaxMs / everyMs) + 1;
  let misses = 0;
  let answered = false;
  /** @type {string | undefined} */
  let trouble;
  /** @type {string | undefined} */
  let saidBefore;
  let asking = new AbortController();
  let lastTick = now();

  const ask = () => {
    const { signal } = asking;
    // Every question that waits listens: as many as may be missed.
    setMaxListeners(0, signal);
    answered = false;
    probe(signal).then(
      (said) => {
        if (signal.aborted) return;
        answered = true;
        misses = 0;
        // Those that still wait have their answer with this one.
        asking.abort();
        asking = new AbortController();
        if (said !== trouble && said === saidBefore) onTrouble((trouble = said));
        saidBefore = said;
      },
      () => {}, // Not an answer: the next tick counts it.
    );
  };
  const end = () => {
    clearInterval(timer);
    asking.abort();
  };
  const timer = setInterval(() => {
    const late = now() - lastTick > everyMs * lateFactor;
    lastTick = now();
    if (!answered && !late) misses += 1;
    if (misses < missesMax) {
      ask();
    } else {
      end();
      onSilent(misses * everyMs);
    }
  }, everyMs);
  ask();
  return end;
}

const monotonicMs = () => performance.now();
