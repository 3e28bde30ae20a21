// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { run } from '../src/programs.mjs';
import { root } from '../src/root.mjs';

const dir = mkdtempSync(join(tmpdir(), 'launcher counts '));
afterEach(() => rmSync(dir, { recursive: true }));

test('a module that cannot be imported and a test that a failed hook kept from running count as failures', async () => {
  const file = join(dir, 'counts.json');
  const reporter = join(root, 'tooling/launcher/src/vitest-counts.mjs');
  const cases = fileURLToPath(new URL('fixtures/counted', import.meta.url));
  const { code } = await run(
    join(root, 'node_modules', '.bin', 'vitest'),
    ['run', '--root', cases, '--config', join(cases, 'cases.config.mjs'), `--reporter=${reporter}`],
    { cwd: cases, env: { ...process.env, TEST_COUNTS_FILE: file } },
  );
  expect(code).toBe(1);
  const { failures, ...counts } = JSON.parse(readFileSync(file, 'utf8'));
  expect(counts).toEqual({ passed: 2, failed: 4 });
  expect(failures).toHaveLength(4);
  expect(failures).toContain('fails.case.mjs > fails: expected 1 to be 2 // Object.is equality');
});
