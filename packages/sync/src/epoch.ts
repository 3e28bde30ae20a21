/** The database's life that this device's cursors belong to. */
export class Epoch {
  readonly #isSame: (known: string, seen: string) => boolean;
  readonly #onMismatch: () => void;
  #current: string | null = null;

  /** `onMismatch` forgets everything that was learned in the epoch before. */
  constructor(isSame: (known: string, seen: string) => boolean, onMismatch: () => void) {
    this.#isSame = isSame;
    this.#onMismatch = onMismatch;
  }

  /**
   * True when an answer may be used; the first one after `forget` settles the epoch. False after a mismatch: which
   * of the two is older cannot be told, so neither is trusted and the next answer decides.
   */
  accepts(seen: string): boolean {
    this.#current ??= seen;
    if (this.#isSame(this.#current, seen)) return true;
    this.#current = null;
    this.#onMismatch();
    return false;
  }

  get current(): string | null {
    return this.#current;
  }

  /** The server refused `used`: what was learned in it is void, unless that is known already. */
  refuse(used: string): void {
    if (this.#current !== used) return;
    this.#current = null;
    this.#onMismatch();
  }

  forget(): void {
    this.#current = null;
  }
}
