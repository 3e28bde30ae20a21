import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, type Range } from '../src/range.ts';
import { rules, type Rules } from '../src/rules.ts';
import { drain } from './fake-clock.ts';
import { roomIds, World } from './world.ts';

const room = fc.constantFrom(...roomIds);
const device = fc.nat({ max: 2 });
const peaceful = [
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), device, room }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('post' as const), room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const), room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('raise' as const), room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), device, room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('older' as const), device, room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), device }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resync' as const), device }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 1_500 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 25_000 }) }) },
] as const;
const upheaval = [
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rejoin' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), lost: fc.nat({ max: 6 }) }) },
] as const;
const peacefulStep = fc.oneof(...peaceful);
const anyStep = fc.oneof(...peaceful, ...upheaval);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

async function take(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'send': {
      world.send(world.device(step.device), step.room);
      return;
    }
    case 'post': {
      world.post(step.room);
      return;
    }
    case 'void': {
      world.server.appendVoid(step.room);
      return;
    }
    case 'raise': {
      world.server.raiseHead(step.room);
      return;
    }
    case 'open': {
      world.device(step.device).sync.openTimeline(step.room);
      return;
    }
    case 'older': {
      world.device(step.device).sync.loadOlder(step.room);
      return;
    }
    case 'cut': {
      world.device(step.device).network.cut();
      return;
    }
    case 'connect': {
      world.device(step.device).network.connect();
      return;
    }
    case 'resync': {
      world.device(step.device).network.resync();
      return;
    }
    case 'wait':
      return world.clock.advance(step.ms);
    case 'leave': {
      world.server.leave(world.device(step.device).userId, step.room);
      return;
    }
    case 'join': {
      world.server.join(world.device(step.device).userId, step.room);
      return;
    }
    case 'rejoin':
      world.server.leave(world.device(step.device).userId, step.room);
      {
        world.server.join(world.device(step.device).userId, step.room);
        return;
      }
    case 'restore':
      // A restore runs with every process stopped.
      for (const { network } of world.devices) network.cut();
      {
        world.server.restore(step.lost);
        return;
      }
  }
}

/** Every device equals a fresh snapshot, everything sent is stored once, in the order of sending. */
function assertConverged(world: World): void {
  expect(world.violations).toEqual([]);
  for (const { sync, userId, sent } of world.devices) {
    expect(sync.connection.get()).toBe('online');
    for (const roomId of roomIds) {
      const isMember = world.server.rooms.get(roomId)?.members.has(userId) ?? false;
      const row = sync.conversation(roomId).get();
      const { status, error, items, hasOlder } = sync.timeline(roomId).get();
      const failed = new Set(items.flatMap((i) => (i.type === 'outgoing' ? [i.message.clientId] : [])));
      for (const item of items) if (item.type === 'outgoing') expect(item.message.state).toBe('failed');
      if (isMember) {
        const fresh = world.server.visible(userId, roomId);
        expect(items.flatMap((item) => (item.type === 'entry' ? [item.entry] : []))).toEqual(fresh);
        expect({ status, hasOlder }).toEqual({ status: 'ready', hasOlder: false });
        expect(row?.conversation).toEqual(world.server.get(userId, roomId));
      } else {
        expect({ row, code: error?.code }).toEqual({ row: null, code: 'NOT_FOUND' });
      }
      const log = world.server.rooms.get(roomId)?.log ?? [];
      const due = sent.filter(
        (s) => s.roomId === roomId && !failed.has(s.clientId) && !world.server.undone.has(s.text),
      );
      const revs = due.map(({ text }) =>
        log.filter((e) => e.kind === 'message' && e.text === text).map((e) => e.rev),
      );
      for (const found of revs) expect(found).toHaveLength(1);
      expect(revs.flat()).toEqual(revs.flat().sort((a, b) => a - b));
    }
  }
}

async function live(seed: number, steps: readonly Step[], broken: Partial<Rules> = {}): Promise<void> {
  const world = new World(seed, { ...rules, ...broken });
  world.keepsShown = steps.every((step) => !['leave', 'join', 'rejoin', 'restore'].includes(step.do));
  for (const step of steps) {
    await take(world, step);
    await drain();
  }
  await world.settle();
  assertConverged(world);
  world.stop();
}

const seed = fc.nat();
const peacefulSteps = fc.array(peacefulStep, { minLength: 10, maxLength: 80, size: 'max' });
const anySteps = fc.array(anyStep, { minLength: 10, maxLength: 80, size: 'max' });

describe('every device equals a fresh snapshot, everything sent is there once and in order', () => {
  test('after lost, doubled and reordered events, lost answers and cuts; and nothing shown vanishes', async () => {
    await fc.assert(
      fc.asyncProperty(seed, peacefulSteps, (s, steps) => live(s, steps)),
      { numRuns: 400 },
    );
  });

  test('also with people leaving and joining, and restores of the database', async () => {
    await fc.assert(
      fc.asyncProperty(seed, anySteps, (s, steps) => live(s, steps)),
      { numRuns: 400 },
    );
  });
});

function appendAnything(range: Range, entries: Parameters<typeof append>[1]): ReturnType<typeof append> {
  const fresh = entries.filter((entry) => entry.rev > range.cursor);
  const cursor = fresh.at(-1)?.rev ?? range.cursor;
  return {
    range: { ...range, cursor, entries: [...range.entries, ...fresh.filter((e) => e.kind !== 'void')] },
    gap: false,
  };
}

function appendAgain(range: Range, entries: Parameters<typeof append>[1]): ReturnType<typeof append> {
  const doubled = entries.filter((entry) => entry.rev <= range.cursor && entry.kind !== 'void');
  const { range: grown, gap } = append(range, entries);
  return {
    range: { ...grown, entries: [...grown.entries, ...doubled.filter((e) => e.kind !== 'void')] },
    gap,
  };
}

let attempts = 0;

describe('control: the property fails without', () => {
  const mutants: Record<string, Partial<Rules>> = {
    'a pull for a gap': { append: appendAnything },
    'dropping duplicates': { append: appendAgain },
    'comparing heads': { isBehind: () => false },
    'one client id for all attempts': { attemptId: () => `attempt-${String((attempts += 1))}` },
    'noticing another epoch': { isSameEpoch: () => true },
    'pulling again while there is more': { needsMore: () => false },
  };
  test.each(Object.entries(mutants))('%s', async (_name, broken) => {
    const property = fc.asyncProperty(seed, anySteps, (s, steps) => live(s, steps, broken));
    const { failed } = await fc.check(property, { numRuns: 1_000, seed: 1, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
