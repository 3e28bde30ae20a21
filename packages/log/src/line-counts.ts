const windowMs = 60_000;

interface Omitted {
  readonly event: string;
  readonly count: number;
}

/**
 * Lets through so many lines of each event a minute: what somebody can make happen at will must not fill the disk, or
 * push other lines out of what is kept. What was left out is counted, and told at the first line of a later minute.
 */
export class LineCounts {
  readonly #max: number;
  readonly #tell: (omitted: Omitted) => void;
  readonly #now: () => number;
  readonly #lines = new Map<string, number>();
  #windowStart: number;

  /** @param now in ms; a clock that is never set back */
  constructor(max: number, { tell, now }: { tell: (omitted: Omitted) => void; now: () => number }) {
    this.#max = max;
    this.#tell = tell;
    this.#now = now;
    this.#windowStart = now();
  }

  /** Counts a line, and says whether it is written. */
  admits(event: string): boolean {
    this.#turnWindow();
    const lines = (this.#lines.get(event) ?? 0) + 1;
    this.#lines.set(event, lines);
    return lines <= this.#max;
  }

  #turnWindow(): void {
    const now = this.#now();
    if (now - this.#windowStart < windowMs) return;
    this.#windowStart = now;
    const counted = [...this.#lines];
    this.#lines.clear();
    for (const [event, lines] of counted)
      if (lines > this.#max) this.#tell({ event, count: lines - this.#max });
  }
}
