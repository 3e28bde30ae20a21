/** Sentences for people, from what has no place on the screen; what comes before somebody listens waits. */
export class Problems {
  #listener: ((sentence: string) => void) | null = null;
  readonly #waiting: string[] = [];

  tell(sentence: string): void {
    if (this.#listener) this.#listener(sentence);
    else this.#waiting.push(sentence);
  }

  /** Returns how to stop. */
  listen(listener: (sentence: string) => void): () => void {
    this.#listener = listener;
    for (const sentence of this.#waiting.splice(0)) listener(sentence);
    return () => {
      this.#listener = null;
    };
  }
}
