import type { State } from './sample.ts';

/** What is measured of a process, and what follows from it: each connection has its listeners. */
export type Measure = keyof State | 'listenersPerSocket';

/** How high a value may be that was `from` before. */
type Bound = (from: number) => number;

const mib = 1_048_576;

/** Both limits hold: a share of a small heap is little, a share of a large one is much. */
const heap: Bound = (from) => from + Math.min(from * 0.1, 10 * mib);
/** What an allocator keeps for later comes and goes by some megabytes, however full the heap is. */
const memory: Bound = (from) => from + Math.max(from * 0.15, 16 * mib);
/** One moment says less than a median. */
const memoryOnce: Bound = (from) => from + Math.max(from * 0.25, 24 * mib);
/** Follows the connections, which are placed by chance. */
const perConnection: Bound = (from) => from * 1.15 + 10;
const asBefore =
  (more: number): Bound =>
  (from) =>
    from + more;
const none: Bound = () => 0;

/** Under load, from the first third to the last one. */
export const loadedBounds: Readonly<Partial<Record<Measure, Bound>>> = {
  heapUsed: heap,
  external: memory,
  anonymous: memory,
  descriptors: perConnection,
  threads: asBefore(2),
  listenersPerSocket: (from) => from * 1.15,
  timers: perConnection,
  sockets: perConnection,
  allTimers: perConnection,
  abortSignals: perConnection,
  abortListeners: perConnection,
  keys: perConnection,
  keysWithoutTtl: none,
  usedMemory: (from) => from + mib,
  clients: perConnection,
  channels: perConnection,
};

/** With nobody connected, from the end of the warm-up to the end. */
export const stillBounds: Readonly<Partial<Record<Measure, Bound>>> = {
  heapUsed: heap,
  external: memory,
  anonymous: memoryOnce,
  descriptors: asBefore(2),
  threads: asBefore(2),
  listeners: asBefore(10),
  timers: asBefore(2),
  sockets: asBefore(2),
  allTimers: asBefore(2),
  abortSignals: asBefore(5),
  abortListeners: asBefore(5),
  keys: none,
  keysWithoutTtl: none,
  usedMemory: (from) => from + mib,
  clients: asBefore(0),
  channels: asBefore(0),
};
