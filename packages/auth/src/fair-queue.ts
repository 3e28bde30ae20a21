import { ConfabError } from '@confab/contract';

interface FairQueueOptions {
  /** So many tasks run at once. */
  readonly concurrency: number;
  /** So many may wait. */
  readonly queueMax: number;
  /** What one task is assumed to take, for the advice when to come back. */
  readonly taskMs: number;
}

/** Where a task waits. */
export interface Place {
  /** Lower ranks go first: 0 before 1. */
  readonly rank: number;
  /** Whose line within the rank: the lines take turns, so that a long one holds up itself alone. */
  readonly line: string;
}

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * Runs tasks by rank, and within a rank a turn from each line. Refuses with ConfabError('UNAVAILABLE',
 * { retryAfterMs }), at once, what would wait too long: a queue without a bound only moves a flood into memory, and
 * answers nobody in time. When it is full, the last of the longest line of the lowest rank makes room for whoever stands
 * before it in rank, or in a shorter line: nobody keeps the others out by filling it.
 */
export function createFairQueue({ concurrency, queueMax, taskMs }: FairQueueOptions) {
  const waiting = new WaitingLines();
  let running = 0;

  const refusal = () =>
    new ConfabError('UNAVAILABLE', { retryAfterMs: Math.ceil(((waiting.size + 1) * taskMs) / concurrency) });

  async function takeTurn(place: Place): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    if (waiting.size >= queueMax) {
      const displaced = waiting.makeRoomFor(place);
      if (!displaced) throw refusal();
      displaced.refuse(refusal());
    }
    // Whoever finishes hands their turn on, so that nobody new takes it in between.
    await new Promise<void>((start, refuse) => {
      waiting.add(place, { start, refuse });
    });
  }

  function endTurn(): void {
    const next = waiting.next();
    if (next) next.start();
    else running -= 1;
  }

  return async <Result>(place: Place, task: () => Promise<Result>): Promise<Result> => {
    await takeTurn(place);
    try {
      return await task();
    } finally {
      endTurn();
    }
  };
}

/** What waits: by rank, and in each rank by line, the line whose turn is next first. */
class WaitingLines {
  readonly #ranks = new Map<number, Map<string, Waiting[]>>();
  size = 0;

  add({ rank, line }: Place, task: Waiting): void {
    const lines = this.#ranks.get(rank) ?? new Map<string, Waiting[]>();
    this.#ranks.set(rank, lines);
    lines.set(line, [...(lines.get(line) ?? []), task]);
    this.size += 1;
  }

  next(): Waiting | undefined {
    for (const rank of [...this.#ranks.keys()].sort((a, b) => a - b)) {
      const lines = this.#ranks.get(rank) ?? new Map<string, Waiting[]>();
      for (const [line, [first, ...rest]] of lines) {
        // Its next turn comes after everybody else's.
        lines.delete(line);
        if (rest.length > 0) lines.set(line, rest);
        if (!first) continue;
        this.size -= 1;
        return first;
      }
    }
    return undefined;
  }

  /** Takes out whom this place comes before; undefined: nobody. */
  makeRoomFor(place: Place): Waiting | undefined {
    const lowest = Math.max(...[...this.#ranks].filter(([, lines]) => lines.size > 0).map(([rank]) => rank));
    const lines = this.#ranks.get(lowest) ?? new Map<string, Waiting[]>();
    const [longest, tasks] = [...lines].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
    if (longest === undefined || !tasks || lowest < place.rank) return undefined;
    const own = lines.get(place.line)?.length ?? 0;
    if (lowest === place.rank && tasks.length <= own + 1) return undefined;
    this.size -= 1;
    if (tasks.length === 1) lines.delete(longest);
    return tasks.pop();
  }
}
