/** What happens to a call that reached the gate: it runs, it never gets there, or its answer is lost on the way back. */
export type Fate = 'run' | 'fail' | 'lose';

/** From the start of a process to its death; what is under way at its death is never answered. */
export class Life {
  alive = true;
}

interface Call {
  readonly life: Life;
  readonly run: (fate: Fate) => Promise<void>;
}

/**
 * Stands between processes and their database: calls wait here until the test lets one of them through, one at a time.
 * So the test decides on the order of everything that happens, and a process can die between any two of its calls.
 */
export class Gate {
  readonly #waiting: Call[] = [];
  /** Calls pass as they come: for what is not under test. */
  open = true;

  get busy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Lets one of the waiting calls through and waits until all that follows from it waits again. */
  async release(pick: number, fate: Fate): Promise<void> {
    const [call] = this.#waiting.splice(pick % Math.max(1, this.#waiting.length), 1);
    // The write of a dead process may be on its way for long, or never have left: nobody hears of it in either case.
    if (call && (call.life.alive || pick % 2 === 0)) await call.run(fate);
    await quiet();
  }

  /** Makes every function of these stores wait; `lifeOf` tells whose calls they are. Returns how to end that. */
  guard(stores: readonly object[], lifeOf: () => Life): () => void {
    const before = stores.map((store) => ({ ...store }));
    for (const store of stores as Record<string, unknown>[]) {
      for (const [name, real] of Object.entries(store)) {
        // A stretch is read by functions of the same store, and each of its reads waits.
        if (name === 'model' || name === 'readStretch' || typeof real !== 'function') continue;
        store[name] = (...args: unknown[]) =>
          this.#pass(lifeOf(), () => Reflect.apply(real, store, args) as Promise<unknown>);
      }
    }
    return () => {
      stores.forEach((store, i) => Object.assign(store, before[i]));
    };
  }

  #pass(life: Life, real: () => Promise<unknown>): Promise<unknown> {
    if (this.open) return real();
    return new Promise((resolve, reject) => {
      const run = async (fate: Fate) => {
        const cut = new Error('cut');
        try {
          if (fate === 'fail') throw cut;
          const value = await real();
          if (fate === 'lose') throw cut;
          if (life.alive) resolve(value);
        } catch (error) {
          if (life.alive) reject(error instanceof Error ? error : cut);
        }
      };
      this.#waiting.push({ life, run });
    });
  }
}

/** Whatever needs no database has happened: between two calls of it, the product waits for nothing else here. */
export async function quiet(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}
