import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Under which a page names tests without their folder. */
const testFolder = 'packages/testkit/tests';

/** The paths in the last cell of a page's table rows. */
function citedBy(page: string): string[] {
  const lastCells = read(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').at(-2) ?? '');
  return lastCells.flatMap((cell) => [...cell.matchAll(/`([^`\s]+)`/g)].map(([, path]) => path ?? ''));
}

const isThere = (path: string) =>
  existsSync(join(root, path)) || (!path.includes('/') && existsSync(join(root, testFolder, path)));

describe('what is said to show it', () => {
  it.each(['docs/reference/requirements.md', 'docs/architecture/security.md'])('in %s is there', (page) => {
    const cited = citedBy(page).filter((path) => /\.\w+$|\//.test(path));
    expect(cited.length).toBeGreaterThan(20);
    expect(cited.filter((path) => !isThere(path))).toEqual([]);
  });
});

describe('the requirements', () => {
  const counts = [16, 17, 11, 15, 5];
  const ids = counts.flatMap((count, group) =>
    Array.from({ length: count }, (_, index) => `R${String(group)}.${String(index + 1)}`),
  );
  const rows = [...read('docs/reference/requirements.md').matchAll(/^\| (R\d\.\d+) .*$/gm)];

  it('are all 64, each once', () => {
    expect(rows.map(([, id]) => id)).toEqual(ids);
  });

  it('that are done name what shows it', () => {
    const done = rows
      .map(([row]) => row.split('|').map((cell) => cell.trim()))
      .filter((row) => row[3] === 'done');
    expect(done.length).toBeGreaterThan(30);
    expect(done.filter((row) => row[4] === '').map((row) => row[1])).toEqual([]);
  });
});
