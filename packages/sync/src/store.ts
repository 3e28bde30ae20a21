/** A value that changes over time. `get` returns the same reference until it changes, as React's external stores ask. */
export interface Store<T> {
  get(): T;
  /** Calls the listener after every change; returns how to stop. */
  subscribe(listener: () => void): () => void;
}
