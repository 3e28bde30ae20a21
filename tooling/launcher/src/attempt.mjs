// @ts-check
import { describeExit, spawnGuarded } from './guard.mjs';
import { Refusal } from './say.mjs';

/**
 * @typedef {object} Service
 * @property {string} name
 * @property {() => import('./guard.mjs').Program} program asked again at each start
 * @property {(attempt: Start) => Promise<void>} ready resolves when the service answers; must heed the signal
 * @property {Probe} [probe] asks whether it still answers; without one nobody looks
 * @property {number} graceMs between TERM and KILL
 * @property {boolean} [quiet] its lines are shown only when it ends by itself
 */

/**
 * Resolves when the service answers, with what it says is wrong, if something is; rejects when it cannot be asked.
 * @typedef {(signal: AbortSignal) => Promise<string | undefined>} Probe
 */

/**
 * @typedef {object} Start
 * @property {AbortSignal} signal aborts when the service has ended or took too long
 * @property {(listener: (line: string) => void) => void} onLine
 */

/**
 * @typedef {object} Attempt
 * @property {import('./guard.mjs').GuardedChild} child
 * @property {string[]} lines the last ones it wrote
 * @property {Promise<void>} answered rejects with a Refusal when the service ends, or takes too long, before it answers
 */

/** @typedef {(service: string, line: string) => void} OnLog */

const linesShown = 10;

/**
 * Starts a service once.
 * @param {Service} service
 * @param {{ startMaxMs: number, onLog?: OnLog }} options without onLog a failure tells the last lines itself
 * @returns {Attempt}
 */
export function attemptStart(service, { startMaxMs, onLog }) {
  const child = spawnGuarded(service.program(), { graceMs: service.graceMs });
  const ended = new AbortController();
  void child.exited.then(() => ended.abort());
  /** @type {string[]} */
  const lines = [];
  child.onLine((line) => {
    lines.push(line);
    if (lines.length > linesShown) lines.shift();
    if (!service.quiet) onLog?.(service.name, line);
  });
  const deadline = AbortSignal.timeout(startMaxMs);
  const signal = AbortSignal.any([ended.signal, deadline]);

  async function waitForAnswer() {
    try {
      await service.ready({ signal, onLine: child.onLine });
      signal.throwIfAborted();
    } catch (error) {
      if (!ended.signal.aborted) child.kill();
      if (!signal.aborted) throw error;
      const exit = await child.exited;
      const reason = deadline.aborted
        ? `did not answer within ${startMaxMs / 1000} s`
        : `${describeExit(exit)} before it answered`;
      const unseen = onLog && !service.quiet ? [] : lines.map((line) => `  ${line}`);
      throw new Refusal([`${service.name} ${reason}.`, ...unseen].join('\n'), {
        cause: error,
      });
    }
  }
  const answered = waitForAnswer();
  answered.catch(() => {}); // Whoever starts the service waits for it; a stop in between does not.
  return { child, lines, answered };
}
