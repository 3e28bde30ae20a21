import { outOfScope } from './out-of-scope.ts';
import type { SpecFile, SpecTest } from './spec-file.ts';
import { unmetRequirement } from './unmet-requirement.ts';

/** One test of the specification, and the file that its data is in. */
export interface SortedTest {
  path: string;
  file: SpecFile;
  test: SpecTest;
}

/** A test that is to fail: for this reason, in this way. */
export interface ListedTest extends SortedTest {
  reason: string;
  fails: number[] | string;
}

export interface SortedTests {
  /** To pass, every one. */
  inScope: SortedTest[];
  /** To fail as the list says, every one. */
  listed: ListedTest[];
  /** Not for such a server, by the file's own word: path, description, why. */
  forOthers: Record<string, Record<string, string>>;
}

/** Puts every test of the specification into one of the three. */
export function sortSpecTests(files: Map<string, SpecFile>): SortedTests {
  const sorted: SortedTests = { inScope: [], listed: [], forOthers: {} };
  for (const [path, file] of files)
    for (const test of file.tests) {
      const unmet =
        test.skipReason ??
        unmetRequirement(file.runOnRequirements) ??
        unmetRequirement(test.runOnRequirements);
      const listed = outOfScope.find(
        (entry) => entry.file === path && entry.tests.includes(test.description),
      );
      if (unmet) (sorted.forOthers[path] ??= {})[test.description] = unmet;
      else if (listed) sorted.listed.push({ path, file, test, reason: listed.reason, fails: listed.fails });
      else sorted.inScope.push({ path, file, test });
    }
  return sorted;
}
