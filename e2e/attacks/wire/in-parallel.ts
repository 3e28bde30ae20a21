/** Does something with each item, so many at once, and gathers the results in the items' order. */
export async function inParallel<T, Result>(
  items: readonly T[],
  parallel: number,
  work: (item: T, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
  return results;
}

/** 0, 1, 2, … below `count`. */
export function times(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
