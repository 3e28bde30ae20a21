/** Work of one key after the other, in the order in which it came; of different keys side by side. */
export interface TurnsByKey {
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
}

export function createTurnsByKey(): TurnsByKey {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(key, work) {
      const before = last.get(key);
      const running = (async () => {
        // How the one before ended is for whoever asked for it.
        await before?.catch(() => undefined);
        return work();
      })();
      last.set(key, running);
      try {
        return await running;
      } finally {
        if (last.get(key) === running) last.delete(key);
      }
    },
  };
}
