/** Calls that were stopped right before they ran. */
export interface Held {
  /** Resolves when the first of them was due. */
  readonly reached: Promise<void>;
  /** Lets them run, and whatever comes after them. */
  readonly release: () => void;
}

/** Stops the named functions of a process's stores before they run, until they are let go. */
export function heldBefore(functions: readonly (readonly [store: object, name: string])[]): Held {
  let reach: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const restore = functions.map(([store, name]) => {
    const target = store as Record<string, (...args: unknown[]) => unknown>;
    const real = target[name];
    if (!real) throw new Error(`there is no ${name}`);
    target[name] = async (...args) => {
      reach();
      await released;
      return real.apply(store, args);
    };
    return () => {
      target[name] = real;
    };
  });
  return {
    reached,
    release() {
      for (const undo of restore) undo();
      release();
    },
  };
}
