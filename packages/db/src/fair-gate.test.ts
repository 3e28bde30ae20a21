import { describe, expect, it } from 'vitest';
import { FairGate, type GateBounds } from './fair-gate.ts';
import { NotBegunError } from './not-begun-error.ts';
import type { OperationScope } from './operation-scope.ts';

const bounds: GateBounds = { atOnceMax: 4, atOncePerKeyMax: 2, waitingMax: 50, waitingPerKeyMax: 40 };
const scopeOf = (key: string, rest: Partial<OperationScope> = {}): OperationScope => ({
  key,
  kind: 'read',
  ...rest,
});

/** A gate whose work is ended by hand, and what it began, in order. */
function aGate(given: Partial<GateBounds> = {}) {
  const gate = new FairGate({ ...bounds, ...given });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (scope: OperationScope, name: string) =>
    gate.run(scope, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };
  return { gate, begun, run, end };
}

/** Everything that is due in microtasks happens. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const reasonOf = (run: Promise<unknown>) =>
  run.then(
    () => 'begun',
    (error: unknown) => (error instanceof NotBegunError ? error.reason : error),
  );

describe('a gate', () => {
  it('lets so much run at once, and so much of one key', async () => {
    const { gate, begun, run, end } = aGate();
    for (const name of ['a1', 'a2', 'a3']) void run(scopeOf('a'), name);
    for (const name of ['b1', 'c1', 'd1']) void run(scopeOf(name), name);
    await settle();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1']);
    expect([gate.running, gate.waiting]).toEqual([4, 2]);
    await end('b1');
    expect(begun.at(-1)).toBe('d1');
    await end('c1');
    expect(begun).not.toContain('a3');
    await end('a1');
    expect(begun.at(-1)).toBe('a3');
  });

  it('gives turns by key: behind 40 of one, another waits for one of them', async () => {
    const { begun, run, end } = aGate({ atOnceMax: 1, atOncePerKeyMax: 1, waitingMax: 100 });
    for (let i = 0; i < 40; i++) void run(scopeOf('a'), `a${String(i)}`);
    void run(scopeOf('b'), 'b');
    void run(scopeOf('c'), 'c');
    for (const name of ['a0', 'b', 'c', 'a1']) await end(name);
    expect(begun).toEqual(['a0', 'b', 'c', 'a1', 'a2']);
  });

  it('refuses reads beyond what may wait, of one key and of all; changes are let wait longer, own work always', async () => {
    const { gate, run } = aGate({ atOnceMax: 1, waitingMax: 6, waitingPerKeyMax: 3 });
    void run(scopeOf('x'), 'x');
    const waitOf = async (key: string, kind: OperationScope['kind']) => {
      const run_ = reasonOf(run(scopeOf(key, { kind }), key));
      return Promise.race([run_, settle().then(() => 'waits')]);
    };
    for (let i = 0; i < 3; i++) expect(await waitOf('a', 'read')).toBe('waits');
    expect(await waitOf('a', 'read')).toBe('greedy');
    expect(await waitOf('a', 'write')).toBe('waits');
    for (const key of ['b', 'c']) expect(await waitOf(key, 'read')).toBe('waits');
    expect(await waitOf('d', 'read')).toBe('full');
    for (let i = 0; i < 6; i++) expect(await waitOf(`w${String(i)}`, 'write')).toBe('waits');
    expect(await waitOf('w6', 'write')).toBe('full');
    expect(await waitOf('own', 'background')).toBe('waits');
    expect(gate.waiting).toBe(13);
  });

  it.each([
    [1, 50],
    [3, 25],
    [9, 10],
  ])(
    'of %i keys that ask without end, each holds %i of 100 places, and there are some for newcomers',
    async (keys, held) => {
      const { run } = aGate({ atOnceMax: 1, waitingMax: 100, waitingPerKeyMax: 100 });
      void run(scopeOf('x'), 'x');
      const refused = new Map<string, unknown[]>();
      for (let asked = 0; asked < 100; asked++)
        for (let key = 0; key < keys; key++) {
          const name = `greedy ${String(key)}`;
          const reasons = refused.get(name) ?? [];
          refused.set(name, reasons);
          void reasonOf(run(scopeOf(name), name)).then((reason) => reasons.push(reason));
        }
      await settle();
      for (const reasons of refused.values()) {
        expect(100 - reasons.length).toBeGreaterThanOrEqual(held - 1);
        expect(100 - reasons.length).toBeLessThanOrEqual(held);
        expect(new Set(reasons)).toEqual(new Set(['greedy']));
      }
      const newcomer = reasonOf(run(scopeOf('newcomer'), 'newcomer'));
      expect(await Promise.race([newcomer, settle().then(() => 'waits')])).toBe('waits');
    },
  );

  it('lets who left go at once, and begins nothing for them', async () => {
    const { gate, begun, run, end } = aGate({ atOnceMax: 1 });
    const leaving = new AbortController();
    const scope = scopeOf('a', { signal: leaving.signal });
    const first = run(scope, 'a0');
    const rest = Array.from({ length: 20 }, (_, i) => reasonOf(run(scope, `a${String(i + 1)}`)));
    void run(scopeOf('b'), 'b');
    leaving.abort();
    expect(await Promise.all(rest)).toEqual(Array<string>(20).fill('left'));
    expect(gate.waiting).toBe(1);
    await end('a0');
    await first;
    expect(begun).toEqual(['a0', 'b']);
    expect(await reasonOf(run(scope, 'later'))).toBe('left');
  });

  it('begins nothing for whoever left between being let in and running', async () => {
    const { gate, begun, run, end } = aGate({ atOnceMax: 1 });
    const leaving = new AbortController();
    void run(scopeOf('b'), 'b');
    const late = reasonOf(run(scopeOf('a', { signal: leaving.signal }), 'a'));
    const ended = end('b');
    // The place is handed over within this turn of the event loop.
    await Promise.resolve();
    leaving.abort();
    await ended;
    expect(await late).toBe('left');
    expect(begun).toEqual(['b']);
    expect(gate.running).toBe(0);
  });

  it('goes on after what failed, and keeps nothing of it', async () => {
    const gate = new FairGate({ ...bounds, atOnceMax: 1 });
    const failed = gate.run(scopeOf('a'), () => Promise.reject(new Error('no')));
    const next = gate.run(scopeOf('a'), () => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
    expect([gate.running, gate.waiting]).toEqual([0, 0]);
  });

  it.each([2_000, 40_000])('of %i that wait, and leave, begins each that stays once', async (many) => {
    const gate = new FairGate({
      atOnceMax: 1,
      atOncePerKeyMax: 1,
      waitingMax: 2 * many,
      waitingPerKeyMax: many,
    });
    const leaving = new AbortController();
    let done = 0;
    const runs = Array.from({ length: many }, (_, i) =>
      gate.run(scopeOf('a', { signal: i % 2 === 1 ? leaving.signal : undefined }), () => {
        done += 1;
        return Promise.resolve();
      }),
    );
    const settled = Promise.allSettled(runs);
    leaving.abort();
    await settled;
    expect(done).toBe(many / 2);
    expect([gate.running, gate.waiting]).toEqual([0, 0]);
  });
});
