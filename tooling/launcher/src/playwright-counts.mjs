// @ts-check
import { firstLineOf } from './tally.mjs';

/**
 * What is read of the report of Playwright's JSON reporter.
 * @typedef {object} Report
 * @property {Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>} stats
 * @property {unknown[]} errors outside any test
 * @property {Suite[]} [suites]
 */
/** @typedef {{ specs: Spec[], suites?: Suite[] }} Suite */
/** @typedef {{ title: string, file: string, ok: boolean, tests: { results: { error?: { message: string } }[] }[] }} Spec */

/**
 * A test that passed only when tried again, or did not run, has failed.
 * @param {unknown} report
 * @returns {import('./tally.mjs').Counts}
 */
export function playwrightCounts(report) {
  const { stats, errors, suites = [] } = /** @type {Report} */ (report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
    failures: [
      ...errors.map((error) => `outside any test: ${firstLineOf(error)}`),
      ...suites
        .flatMap(specsOf)
        .filter(({ ok }) => !ok)
        .map(lineOf),
    ],
  };
}

/** @param {Suite} suite @returns {Spec[]} */
const specsOf = ({ specs, suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

/** @param {Spec} spec */
function lineOf({ file, title, tests }) {
  const error = tests.flatMap(({ results }) => results).find((result) => result.error)?.error;
  return `${file} > ${title}: ${error ? firstLineOf(error) : 'did not run'}`;
}
