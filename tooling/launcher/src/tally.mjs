// @ts-check
import { say } from './say.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {ReturnType<typeof createTally>} Tally */

/** Counts over everything that a command runs; its last line and its exit code. */
export function createTally() {
  const total = { passed: 0, failed: 0 };
  return {
    /** @param {string} name @param {Counts} counts */
    add(name, { passed, failed }) {
      total.passed += passed;
      total.failed += failed;
      say(`${failed === 0 && passed > 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed} passed, ${failed} failed`);
    },
    /** Nothing run is nothing shown: that fails too. @returns {number} the exit code */
    finish() {
      say(`${total.passed} passed, ${total.failed} failed`);
      return total.failed > 0 || total.passed === 0 ? 1 : 0;
    },
  };
}
