// @ts-check
import { attemptStart } from './attempt.mjs';
import { describeExit } from './guard.mjs';
import { Refusal } from './say.mjs';
import { watchSilence } from './watch-silence.mjs';

/**
 * @typedef {object} Timing
 * @property {number} backoffMinMs the wait before the first restart; it doubles with each one in a row
 * @property {number} backoffMaxMs
 * @property {number} steadyMs after running this long a service has its first backoff again
 * @property {number} startMaxMs a service that does not answer by then has failed
 * @property {number} probeEveryMs between two questions whether a service still answers
 * @property {number} silenceMaxMs a service that stands still for longer is started again
 */

/** @type {Timing} */
const usualTiming = {
  backoffMinMs: 250,
  backoffMaxMs: 5000,
  steadyMs: 30_000,
  startMaxMs: 120_000,
  probeEveryMs: 5000,
  silenceMaxMs: 30_000,
};

/**
 * @typedef {object} Entry
 * @property {import('./attempt.mjs').Service} service
 * @property {import('./attempt.mjs').Attempt} attempt
 * @property {number | undefined} pid
 * @property {boolean} answers
 * @property {boolean} started it has answered once, so its end is answered with a restart
 * @property {number} restarts in a row
 * @property {boolean} [silent] it was ended because it no longer answered
 * @property {() => void} [endWatch]
 * @property {NodeJS.Timeout} [timer]
 */

/** @typedef {ReturnType<typeof createSupervisor>} Supervisor */

/**
 * Keeps services running: starts each again when it ends, with backoff, or no longer answers, and stops all in the
 * reverse order of starting.
 * @param {object} options
 * @param {(line: string) => void} options.say
 * @param {import('./attempt.mjs').OnLog} [options.onLog] every line that a service writes
 * @param {() => void} [options.onChange] some service has another process now
 * @param {Partial<Timing>} [options.timing]
 */
export function createSupervisor({ say, onLog, onChange = () => {}, timing }) {
  const times = { ...usualTiming, ...timing };
  const attemptOptions = { startMaxMs: times.startMaxMs, ...(onLog ? { onLog } : {}) };
  /** @type {Entry[]} */
  const entries = [];
  /** @type {Promise<void> | undefined} */
  let stopping;
  const isStopping = () => stopping !== undefined;

  /** @param {Entry} entry */
  async function launch(entry) {
    const startedAt = Date.now();
    const { child, answered } = entry.attempt;
    void child.exited.then((exit) => ended(entry, { exit, ranMs: Date.now() - startedAt }));
    entry.pid = await child.pid.catch(() => undefined);
    onChange();
    await answered;
    entry.answers = true;
    entry.started = true;
    watch(entry);
  }

  /** @param {Entry} entry whose service answers now */
  function watch(entry) {
    const { name, probe } = entry.service;
    if (!probe || entry.pid === undefined) return;
    entry.endWatch = watchSilence({
      probe,
      everyMs: times.probeEveryMs,
      silenceMaxMs: times.silenceMaxMs,
      onTrouble: (trouble) => say(`${name}: ${trouble ?? 'all is well again.'}`),
      onSilent: (silentMs) => {
        entry.answers = false;
        entry.silent = true;
        say(`${name} has not answered for ${silentMs / 1000} s. Stopping it and starting it again.`);
        void entry.attempt.child.stop();
      },
    });
  }

  /**
   * @param {Entry} entry
   * @param {{ exit: import('./guard.mjs').Exit, ranMs: number }} end
   */
  function ended(entry, { exit, ranMs }) {
    const { silent = false } = entry;
    entry.pid = undefined;
    entry.answers = false;
    entry.silent = false;
    entry.endWatch?.();
    if (isStopping() || !entry.started) return;
    if (ranMs >= times.steadyMs) entry.restarts = 0;
    const waitMs = Math.min(times.backoffMaxMs, times.backoffMinMs * 2 ** entry.restarts);
    entry.restarts += 1;
    if (entry.service.quiet && exit.signal !== 'SIGKILL')
      entry.attempt.lines.forEach((line) => say(`  ${line}`));
    if (!silent) say(`${entry.service.name} ${describeExit(exit)}. Starting it again in ${waitMs} ms.`);
    entry.timer = setTimeout(() => void restart(entry), waitMs);
  }

  /** @param {Entry} entry */
  async function restart(entry) {
    if (isStopping()) return;
    try {
      entry.attempt = attemptStart(entry.service, attemptOptions);
      await launch(entry);
      say(`${entry.service.name} is running again.`);
    } catch (error) {
      // Its end has already scheduled the next restart.
      if (!isStopping()) say(error instanceof Refusal ? error.message : String(error));
    }
  }

  return {
    /**
     * Starts a service for the first time. A service that never answered is not started again: what is wrong with it
     * is wrong with its configuration.
     * @param {import('./attempt.mjs').Service} service
     */
    async start(service) {
      if (isStopping()) throw new Refusal('Stopped.');
      const attempt = attemptStart(service, attemptOptions);
      /** @type {Entry} */
      const entry = { service, attempt, pid: undefined, answers: false, started: false, restarts: 0 };
      entries.push(entry);
      await launch(entry);
    },

    /** In the order of their start. */
    get services() {
      return entries.map(({ service, pid, answers, attempt }) => ({
        name: service.name,
        pid,
        answers,
        guardPid: attempt.child.guardPid,
      }));
    },

    /** Stops everything; each service has ended before the one it was started after is asked to. */
    stop() {
      stopping ??= (async () => {
        for (const entry of entries.toReversed()) {
          clearTimeout(entry.timer);
          entry.endWatch?.();
          await entry.attempt.child.stop();
        }
      })();
      return stopping;
    },

    /** Ends everything at once, without grace. */
    kill() {
      for (const { attempt } of entries) attempt.child.kill();
    },
  };
}
