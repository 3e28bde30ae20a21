/** What an async iterable has yielded so far, and a way to wait for more. */
export interface LiveFeed<T> extends AsyncDisposable {
  readonly events: readonly T[];
  /** The first event (also among the past ones) for which this holds. Rejects when the feed ends first. */
  until<S extends T>(matches: (event: T) => event is S): Promise<S>;
  until(matches: (event: T) => boolean): Promise<T>;
}

/** Reads a subscription in the background until it is disposed of. */
export function liveFeed<T>(open: (signal: AbortSignal) => AsyncIterable<T>): LiveFeed<T> {
  const ending = new AbortController();
  const events: T[] = [];
  let ended: { error: unknown } | null = null;
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resume of woken) resume();
  };
  const reading = (async () => {
    try {
      for await (const event of open(ending.signal)) {
        events.push(event);
        wake();
      }
      ended = { error: new Error('the feed ended') };
    } catch (error) {
      ended = { error };
    }
    wake();
  })();

  return {
    events,
    async until(matches: (event: T) => boolean) {
      for (let seen = 0; ;) {
        for (; seen < events.length; seen++) {
          const event = events[seen];
          if (event !== undefined && matches(event)) return event;
        }
        if (ended) throw ended.error;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await reading;
    },
  };
}
