/** The cells of a page's table rows that begin with `code`. */
export function rowsOf(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** A cell without the marks of code. */
export const code = (cell = '') => cell.replaceAll('`', '');
