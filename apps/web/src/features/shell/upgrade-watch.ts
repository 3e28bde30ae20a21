/** Fewer sockets in a row are lost by a server that starts again. */
const lossesMin = 4;

/**
 * Notices a way to the server on which HTTP passes and sockets never do: a reverse proxy that does not upgrade. A browser
 * tells a page only that a socket did not open, so losses are counted, and what HTTP answers is the difference.
 */
export class UpgradeWatch {
  readonly #tell: () => void;
  #losses = 0;
  /** One that was open once will open again. */
  #over = false;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  lost(): void {
    this.#losses += 1;
  }

  opened(): void {
    this.#over = true;
  }

  /** The server answered over HTTP. */
  answered(): void {
    if (this.#over || this.#losses < lossesMin) return;
    this.#over = true;
    this.#tell();
  }
}
