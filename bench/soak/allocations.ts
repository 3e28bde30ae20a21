import type { Inspector } from '@confab/e2e/processes/inspector';

/** A function and the bytes that it allocated, which are still in use. */
export interface Allocation {
  /** `name file:line`. */
  readonly by: string;
  readonly bytes: number;
}

interface Node {
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly selfSize: number;
  readonly children: readonly Node[];
}

/** Of so many bytes one allocation is noted: nothing that anybody could measure. */
const samplingInterval = 65_536;
const shown = 15;

/** From now on, notes where allocations come from. */
export async function watchAllocations(inspector: Inspector): Promise<void> {
  await inspector.call('HeapProfiler.startSampling', { samplingInterval });
}

/** What was allocated since and is still in use, the most first: where to look when a heap grows. */
export async function readAllocations(inspector: Inspector): Promise<Allocation[]> {
  await inspector.call('HeapProfiler.collectGarbage');
  const { profile } = await inspector.call<{ profile: { head: Node } }>('HeapProfiler.stopSampling');
  const bytes = new Map<string, number>();
  const walk = ({ callFrame, selfSize, children }: Node, path: string) => {
    const { functionName, url, lineNumber } = callFrame;
    const here = `${functionName || 'anonymous'} ${url.split('/').slice(-3).join('/')}:${lineNumber + 1}`;
    if (selfSize > 0) bytes.set(`${here}${path}`, (bytes.get(`${here}${path}`) ?? 0) + selfSize);
    // Two callers: what allocates is mostly a library.
    const above = path.split(' < ').slice(1, 2);
    for (const child of children) walk(child, [' < ', here, ...above.map((name) => ` < ${name}`)].join(''));
  };
  walk(profile.head, '');
  return [...bytes]
    .map(([by, size]) => ({ by, bytes: size }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, shown);
}
