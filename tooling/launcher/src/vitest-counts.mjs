// @ts-check
import { writeFileSync } from 'node:fs';
import { say } from './say.mjs';
import { firstLineOf } from './tally.mjs';

/**
 * Writes how many tests passed and failed, over all projects, to the file named by TEST_COUNTS_FILE. A module that could
 * not be imported, a suite whose hook failed and an error outside any test are failures of their own; so is a test that
 * did not run, because nobody would notice, unless it said why: then the reason is printed and it counts as neither.
 */
export default class VitestCounts {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env['TEST_COUNTS_FILE'];
    if (!file) throw new Error('TEST_COUNTS_FILE names the file to write to');
    let passed = 0;
    const failures = unhandledErrors.map((error) => `outside any test: ${firstLineOf(error)}`);
    for (const module of modules) {
      const { relativeModuleId: name } = module;
      for (const error of module.errors()) failures.push(`${name}: ${firstLineOf(error)}`);
      for (const suite of module.children.allSuites())
        for (const error of suite.errors())
          failures.push(`${name} > ${suite.fullName}: ${firstLineOf(error)}`);
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'skipped' && result.note) say(`skipped: ${test.fullName}: ${result.note}`);
        else failures.push(`${name} > ${test.fullName}: ${firstLineOf(result.errors?.[0] ?? result.state)}`);
      }
    }
    writeFileSync(file, JSON.stringify({ passed, failed: failures.length, failures }));
  }
}
