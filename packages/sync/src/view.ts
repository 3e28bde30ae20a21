import type { Store } from './store.ts';

export interface ViewWatch {
  /** Somebody begins to look while nobody did. */
  readonly onObserved?: () => void;
  /** The last one looked away. */
  readonly onUnobserved?: () => void;
}

/**
 * A store whose value is computed from state kept elsewhere, when it is asked for. Whoever changes that state
 * invalidates the view; listeners hear once per microtask, and only when the value differs from the one before.
 * So a burst of a thousand entries costs one computation, and a view that nobody looks at costs none.
 */
export class View<T> implements Store<T> {
  readonly #compute: (previous: T | undefined) => T;
  readonly #subscriptions = new Set<{ readonly listener: () => void }>();
  #value: { readonly current: T } | null = null;
  #stale = true;
  #announced: T | undefined;
  #scheduled = false;
  readonly #watch: ViewWatch;

  /** `compute` gets its last result, and returns it when nothing changed. */
  constructor(compute: (previous: T | undefined) => T, watch: ViewWatch = {}) {
    this.#compute = compute;
    this.#watch = watch;
  }

  get observed(): boolean {
    return this.#subscriptions.size > 0;
  }

  // Functions of the instance, not methods: React's hook takes them apart from their store.
  readonly get = (): T => {
    if (this.#value !== null && !this.#stale) return this.#value.current;
    const current = this.#compute(this.#value?.current);
    this.#value = { current };
    this.#stale = false;
    return current;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    const isFirst = !this.observed;
    if (isFirst) this.#announced = this.get();
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    if (isFirst) this.#watch.onObserved?.();
    return () => {
      if (this.#subscriptions.delete(subscription) && !this.observed) this.#watch.onUnobserved?.();
    };
  };

  invalidate(): void {
    this.#stale = true;
    if (this.#scheduled || !this.observed) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#announce();
    });
  }

  #announce(): void {
    this.#scheduled = false;
    const value = this.get();
    if (Object.is(value, this.#announced)) return;
    this.#announced = value;
    for (const { listener } of [...this.#subscriptions]) listener();
  }
}
