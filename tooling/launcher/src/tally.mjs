// @ts-check
import { stripVTControlCharacters } from 'node:util';
import { say } from './say.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} [failures] a line for each failure that has a name
 * @property {number} [seconds] how long it took; by default since what was added before
 */
/** @typedef {ReturnType<typeof createTally>} Tally */

/** Counts over everything that a command runs; its last line and its exit code. */
export function createTally() {
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const allFailures = [];
  let addedAt = performance.now();
  return {
    /** Says how long it took, too. @param {string} name @param {Counts} counts */
    add(name, { passed, failed, failures = [], seconds }) {
      total.passed += passed;
      total.failed += failed;
      const isGood = failed === 0 && passed > 0;
      if (!isGood) allFailures.push(...failures.map((line) => `${name}: ${line}`));
      if (!isGood && failures.length === 0) allFailures.push(name);
      const now = performance.now();
      const took = Math.round(seconds ?? (now - addedAt) / 1000);
      addedAt = now;
      say(`${isGood ? 'ok    ' : 'FAILED'} ${name}: ${passed} passed, ${failed} failed, ${took} s`);
    },
    /** Says again what failed. Nothing run is nothing shown: that fails too. @returns {number} the exit code */
    finish() {
      for (const line of allFailures) say(`FAILED ${line}`);
      say(`${total.passed} passed, ${total.failed} failed`);
      return total.failed > 0 || total.passed === 0 ? 1 : 0;
    },
  };
}

/** One line of an error, for the list of failures. @param {unknown} error */
export function firstLineOf(error) {
  const text = error instanceof Object && 'message' in error ? String(error.message) : String(error);
  return stripVTControlCharacters(text).split('\n', 1)[0] ?? '';
}
