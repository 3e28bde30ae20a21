/**
 * How far back each reading looks again. A write is stamped before a majority has it, an answer may take as long as
 * the driver waits for it (10 s), and the clocks of two nodes or shards of the database differ a little.
 */
const marginMs = 12_000;

/**
 * What was touched since the last reading. A row may come more than once, and never not at all: the place in the
 * stream is the newest stamp that was read, by the database's own clock, minus a margin.
 */
export class TouchedTail<Row extends { readonly touchedAt: Date }> {
  readonly #read: (since: Date | null) => Promise<Row[]>;
  #newestMs: number | null = null;

  /** @param read rows touched since then; given null, the latest one alone */
  constructor(read: (since: Date | null) => Promise<Row[]>) {
    this.#read = read;
  }

  async next(): Promise<Row[]> {
    this.#newestMs ??= (await this.#read(null))[0]?.touchedAt.getTime() ?? 0;
    const rows = await this.#read(new Date(this.#newestMs - marginMs));
    for (const { touchedAt } of rows) this.#newestMs = Math.max(this.#newestMs, touchedAt.getTime());
    return rows;
  }
}
