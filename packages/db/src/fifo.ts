/** Where something stands in a {@link Fifo}. */
export interface Place<Value> {
  readonly value: Value;
  before: Place<Value> | null;
  behind: Place<Value> | null;
  gone: boolean;
}

/**
 * First in, first out, and out of the middle too, each in one step however long it is. (A Set does not: it looks at
 * what was deleted from its front again for each first value.)
 */
export class Fifo<Value> {
  #first: Place<Value> | null = null;
  #last: Place<Value> | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): Place<Value> | null {
    return this.#first;
  }

  push(value: Value): Place<Value> {
    const place: Place<Value> = { value, before: this.#last, behind: null, gone: false };
    if (this.#last) this.#last.behind = place;
    else this.#first = place;
    this.#last = place;
    this.#size += 1;
    return place;
  }

  /** Of what is gone already it does nothing. */
  remove(place: Place<Value>): void {
    if (place.gone) return;
    place.gone = true;
    const { before, behind } = place;
    if (before) before.behind = behind;
    else this.#first = behind;
    if (behind) behind.before = before;
    else this.#last = before;
    this.#size -= 1;
  }
}
