/**
 * A result that is kept for so many milliseconds from when it is there, and that whoever asks meanwhile shares: however
 * many ask, the work is done about once in that time. A failure is not kept.
 */
export function forAMoment<Result>(
  work: () => Promise<Result>,
  { keptMs, clock = () => performance.now() }: { keptMs: number; clock?: () => number },
): () => Promise<Result> {
  let kept: Promise<Result> | null = null;
  let until = Infinity;
  const ask = async () => {
    try {
      const result = await work();
      until = clock() + keptMs;
      return result;
    } catch (error) {
      kept = null;
      throw error;
    }
  };
  return () => {
    if (kept === null || clock() >= until) {
      until = Infinity;
      kept = ask();
    }
    return kept;
  };
}
