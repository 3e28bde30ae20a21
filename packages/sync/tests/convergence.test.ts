import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { ChangeEntry, MessageEntry } from '@confab/contract';
import { foldInto, isChange, isVisible } from '../src/fold.ts';
import { append, type Range } from '../src/range.ts';
import { joinStretch } from '../src/stretch-range.ts';
import type { VisibleEntry } from '../src/views.ts';
import { rules, type Rules } from '../src/rules.ts';
import { drain } from './fake-clock.ts';
import { roomIds, World } from './world.ts';

// How long hundreds of runs take says something about the machine, and nothing about the property.
vi.setConfig({ testTimeout: 60_000 });

const room = fc.constantFrom(...roomIds);
const device = fc.nat({ max: 3 });
const pick = fc.nat({ max: 20 });
const peaceful = [
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), device, room }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('post' as const), room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const), room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('raise' as const), room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), device, room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('older' as const), device, room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wander' as const), device, room, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), device }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resync' as const), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), device, room, pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), device, room, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('react' as const), device, room, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), device, room, pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), room, pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('setting' as const), room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('member' as const), device, room, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('prefer' as const), device, room, pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tell' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reload' as const), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disk' as const), device, full: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 1_500 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 25_000 }) }) },
] as const;
const upheaval = [
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rejoin' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), lost: fc.nat({ max: 6 }) }) },
] as const;
/** The administrator puts an older copy of the data back, by hand. */
const rewinding = [
  { weight: 6, arbitrary: fc.record({ do: fc.constant('post' as const), room }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), device, room, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('older' as const), device, room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), device, room, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reload' as const), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), device }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('connect' as const), device }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 1_500 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rewind' as const), lost: fc.nat({ max: 12 }) }) },
] as const;
/** Where changes meet pages: what is rare among the others. */
const changing = [
  { weight: 4, arbitrary: fc.record({ do: fc.constant('post' as const), room }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), room, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), device, room }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('older' as const), device, room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('react' as const), device, room, pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 600 }) }) },
] as const;
const one = fc.constant(roomIds[0]);
/** Where changes meet what is shown far from the end. */
const wandering = [
  { weight: 1, arbitrary: fc.record({ do: fc.constant('post' as const), room: one }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('change' as const), room: one, pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wander' as const), device, room: one, pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('older' as const), device, room: one }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('connect' as const), device }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 300 }) }) },
] as const;
const wanderingStep = fc.oneof(...wandering);
/** A conversation with a past, open on every device. */
const withPast: readonly Step[] = [
  ...Array.from({ length: 30 }, () => ({ do: 'post', room: roomIds[0] }) as const),
  ...[0, 1, 2, 3].map((at) => ({ do: 'open', device: at, room: roomIds[0] }) as const),
  { do: 'wait', ms: 300 },
];
const peacefulStep = fc.oneof(...peaceful);
const changingStep = fc.oneof(...changing);
const anyStep = fc.oneof(...peaceful, ...upheaval);
const rewindingStep = fc.oneof(...rewinding);
type StepOf<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Step = StepOf<typeof anyStep> | StepOf<typeof rewindingStep>;

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
    case 'edit':
    case 'remove':
    case 'react':
    case 'prefer':
    case 'wander':
    case 'read': {
      world[step.do](world.device(step.device), step.room, step.pick);
      return;
    }
    case 'change': {
      world.change(step.room, step.pick);
      return;
    }
    case 'setting': {
      world.setting(step.room);
      return;
    }
    case 'member': {
      world.server.changeMember(world.device(step.device).userId, step.room, step.pick);
      return;
    }
    case 'tell': {
      world.server.tellHeads();
      return;
    }
    case 'reload': {
      world.reload(step.device);
      return;
    }
    case 'disk': {
      world.device(step.device).browser.full = step.full;
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
    case 'rewind':
      for (const { network } of world.devices) network.cut();
      {
        world.server.rewind(step.lost);
        world.pasts += 1;
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

function assertRow(world: World, { sync, userId }: World['devices'][number], roomId: string): void {
  const row = sync.conversation(roomId).get();
  // Its own watermarks are told by events, as state they are fetched with the row: the row's own fields say them.
  const fresh = world.server.get(userId, roomId);
  const { unread, readSeq, unreadTo: _unreadTo, deliveredSeq: _deliveredSeq, ...rest } = fresh;
  expect(row?.conversation).toMatchObject({ ...rest, readSeq: row?.conversation.readSeq });
  expect({ unread: row?.unread, readSeq: row?.readSeq }).toEqual({ unread, readSeq });
}

function assertMarks(world: World, { sync, userId }: World['devices'][number], roomId: string): void {
  const fresh = world.server.get(userId, roomId);
  const marks = world.server.watermarks(userId, roomId).watermarks;
  const shown = sync.watermarks(roomId).get();
  expect(shown).toEqual([...marks].sort((a, b) => (a.userId < b.userId ? -1 : 1)));
  if (fresh.kind !== 'group') return;
  const others = world.server.visible(userId, roomId).filter((entry) => {
    return entry.kind === 'message' && entry.senderId !== userId;
  });
  const delivered = marks.find((mark) => mark.userId === userId)?.deliveredSeq;
  expect(delivered).toBeGreaterThanOrEqual(others.at(-1)?.rev ?? 0);
}

/** What was sent from a device into a room is there once, in order; unless it was refused. */
function assertSent(world: World, device: World['devices'][number], roomId: string): void {
  const pages = world.devices.filter(({ browser }) => browser === device.browser);
  const shown = pages.flatMap(({ sync }) => sync.timeline(roomId).get().items);
  const failed = new Set(shown.flatMap((item) => (item.type === 'outgoing' ? [item.message.clientId] : [])));
  const log = world.server.rooms.get(roomId)?.log ?? [];
  const due = device.sent.filter(({ roomId: sentTo, clientId, text }) => {
    const isOver = failed.has(clientId) || world.excused.has(clientId) || world.server.undone.has(text);
    return sentTo === roomId && !isOver;
  });
  const revs = due.map(({ clientId }) => {
    return log.filter((e) => e.kind === 'message' && e.clientId === clientId).map((e) => e.rev);
  });
  for (const found of revs) expect(found).toHaveLength(1);
  expect(revs.flat()).toEqual(revs.flat().sort((a, b) => a - b));
}

/** Of what else a device shows than entries. */
type Parts = 'entries' | 'rows' | 'rows and marks';

/** Every device equals a fresh snapshot. */
function assertConverged(world: World, parts: Parts): void {
  expect(world.violations).toEqual([]);
  for (const device of world.devices) {
    const { sync, userId } = device;
    expect(sync.connection.get()).toBe('online');
    for (const roomId of roomIds) {
      const isMember = world.server.rooms.get(roomId)?.members.has(userId) ?? false;
      const { status, error, items, hasOlder } = sync.timeline(roomId).get();
      for (const item of items) {
        if (item.type === 'outgoing') expect(item.message.state).toBe('failed');
        else expect(item.changing).toBe(false);
      }
      if (isMember) {
        const fresh = world.server.visible(userId, roomId);
        expect(items.flatMap((item) => (item.type === 'entry' ? [item.entry] : []))).toEqual(fresh);
        expect({ status, hasOlder }).toEqual({ status: 'ready', hasOlder: false });
        if (parts !== 'entries') assertRow(world, device, roomId);
        if (parts === 'rows and marks') assertMarks(world, device, roomId);
      } else {
        const row = sync.conversation(roomId).get();
        expect({ row, code: error?.code }).toEqual({ row: null, code: 'NOT_FOUND' });
      }
      assertSent(world, device, roomId);
    }
  }
}

/** After these, what was shown may vanish. */
const upsetting = new Set<Step['do']>(['leave', 'join', 'rejoin', 'restore', 'rewind']);

type Broken = Partial<Rules> & { readonly keepsLate?: boolean };

async function liveThrough(world: World, steps: readonly Step[]): Promise<void> {
  world.keepsShown = steps.every((step) => !upsetting.has(step.do));
  for (const step of steps) {
    await take(world, step);
    await drain();
  }
}

async function live(world: World, steps: readonly Step[], again: boolean): Promise<void> {
  await liveThrough(world, steps);
  await world.settle(again);
  assertConverged(world, again ? 'rows and marks' : 'entries');
  expect(world.toldOfRewinds).toBe(0);
  world.stop();
}

/**
 * What was put back is noticed by the next entry that is asked for. Marks that were heard of and whose entry was not are
 * left out: nothing proves that they are of the other past, and they are right again when the log has reached them.
 */
async function liveRewound(world: World, steps: readonly Step[]): Promise<void> {
  await liveThrough(world, steps);
  world.postUnheard();
  await world.settle(true);
  assertConverged(world, 'rows');
  world.stop();
}

/** Logs are short here: so are the pages of what lies below the end. */
const small: Partial<Rules> = {
  isFar: (cursor, head) => head - cursor > 15,
  wantedAround: (rev, range) => ({ before: Math.min(range.low, rev + 3), limit: 4 }),
  wantedAfter: (stretch, range) => {
    const before = Math.min(range.low, stretch.cursor + 4);
    return { before, limit: before - 1 - stretch.cursor };
  },
};

function worldOf(s: number, { keepsLate = false, ...broken }: Broken = {}): World {
  return new World(s, {
    rules: { ...rules, ...small, ...broken },
    keepsLate,
  });
}

const seed = fc.nat();
const peacefulSteps = fc.array(peacefulStep, { minLength: 10, maxLength: 80, size: 'max' });
const anySteps = fc.array(anyStep, { minLength: 10, maxLength: 80, size: 'max' });
const rewindingSteps = fc.array(rewindingStep, { minLength: 10, maxLength: 80, size: 'max' });
const changingSteps = fc.array(changingStep, { minLength: 20, maxLength: 80, size: 'max' });
const wanderingSteps = fc
  .array(wanderingStep, { minLength: 20, maxLength: 60, size: 'max' })
  .map((steps): Step[] => [...withPast, ...steps]);
/** Fixed: what a run of the tests says is about the change at hand, not about what was drawn. */
const deciding = { seed: 20_261_130, numRuns: 200 };

describe('every device equals a fresh snapshot, everything sent is there once and in order', () => {
  test('after lost, doubled and reordered events, cuts, reloads and full disks; and nothing shown vanishes', async () => {
    await fc.assert(
      fc.asyncProperty(seed, peacefulSteps, (s, steps) => live(worldOf(s), steps, true)),
      deciding,
    );
  });

  test('also with people leaving and joining, and restores of the database', async () => {
    await fc.assert(
      fc.asyncProperty(seed, anySteps, (s, steps) => live(worldOf(s), steps, true)),
      deciding,
    );
  });

  test('also where changes meet pages under way', async () => {
    await fc.assert(
      fc.asyncProperty(seed, changingSteps, (s, steps) => live(worldOf(s), steps, true)),
      deciding,
    );
  });

  test('also where somebody reads far from the end', async () => {
    await fc.assert(
      fc.asyncProperty(seed, wanderingSteps, (s, steps) => live(worldOf(s), steps, true)),
      deciding,
    );
  });

  test('also when events were lost and silence follows: the server tells the heads', async () => {
    await fc.assert(
      fc.asyncProperty(seed, peacefulSteps, (s, steps) => live(worldOf(s), steps, false)),
      deciding,
    );
  });

  test('is hunted at random beside that: what is found is told, and decides nothing', async ({
    annotate,
  }) => {
    const property = fc.asyncProperty(seed, anySteps, (s, steps) => live(worldOf(s), steps, true));
    const hunt = await fc.check(property, { numRuns: 50, endOnFailure: true });
    if (hunt.failed) await annotate(`The hunt broke the property. Repeat it with seed ${String(hunt.seed)}.`);
  });

  // What is promised of that stands in rewind.test.ts. Where sends, tabs and reloads meet it, an old entry may stay.
  test('is hunted after an older copy of the data was put back, too: what is found is told, and decides nothing', async ({
    annotate,
  }) => {
    const property = fc.asyncProperty(seed, rewindingSteps, (s, steps) => liveRewound(worldOf(s), steps));
    const hunt = await fc.check(property, { numRuns: 50, endOnFailure: true });
    if (hunt.failed) await annotate(`The hunt broke the property. Repeat it with seed ${String(hunt.seed)}.`);
  });
});

function appendAnything(range: Range, entries: Parameters<typeof append>[1]): ReturnType<typeof append> {
  const fresh = entries.filter((entry) => entry.rev > range.cursor);
  const cursor = fresh.at(-1)?.rev ?? range.cursor;
  return {
    range: { ...range, cursor, entries: foldInto([...range.entries, ...fresh.filter(isVisible)], fresh) },
    gap: false,
  };
}

function appendAgain(range: Range, entries: Parameters<typeof append>[1]): ReturnType<typeof append> {
  const doubled = entries.filter((entry) => entry.rev <= range.cursor);
  const { range: grown, gap } = append(range, entries);
  return { range: { ...grown, entries: [...grown.entries, ...doubled.filter(isVisible)] }, gap };
}

type Apply = (message: MessageEntry, change: ChangeEntry) => MessageEntry;

/** `append`, with changes folded once more in a wrong way. */
function appendApplying(apply: Apply): typeof append {
  return (range, entries) => {
    const { range: grown, gap } = append(range, entries);
    const fold = (entry: VisibleEntry): VisibleEntry => {
      const changes = entries.filter(isChange).filter(({ messageId }) => messageId === entry.id);
      return entry.kind === 'message' ? changes.reduce(apply, entry) : entry;
    };
    return { range: { ...grown, entries: grown.entries.map(fold) }, gap };
  };
}

const lastComeWins: Apply = (message, change) =>
  change.kind === 'edit' && message.deletedRev === undefined && change.text !== ''
    ? { ...message, text: change.text, textRev: change.rev }
    : message;

const deletionIsAnEdit: Apply = (message, change) =>
  change.kind === 'edit' && message.deletedRev !== undefined && change.text !== ''
    ? { ...message, text: change.text }
    : message;

/** Takes a reaction away without keeping that it was there: an older one coming again revives it. */
const withoutTombstones: Apply = (message, change) => {
  if (change.kind !== 'reaction') return message;
  const key = `${change.senderId}:${change.emoji}`;
  const { [key]: state, ...others } = message.reactions ?? {};
  return state?.on === false ? { ...message, reactions: others } : message;
};

let attempts = 0;

function expectFailure(broken: Broken, steps: fc.Arbitrary<Step[]>, again: boolean): Promise<void> {
  return expectBroken(fc.asyncProperty(seed, steps, (s, taken) => live(worldOf(s, broken), taken, again)));
}

async function expectBroken(property: fc.IAsyncProperty<[number, Step[]]>): Promise<void> {
  const { failed } = await fc.check(property, { numRuns: 1_000, seed: 1, endOnFailure: true });
  expect(failed).toBe(true);
}

describe('control: the property fails without', () => {
  const mutants: Record<string, Broken> = {
    'a pull for a gap': { append: appendAnything },
    'dropping duplicates': { append: appendAgain },
    'comparing heads': { isBehind: () => false },
    'keeping before sending': { keepsLate: true },
    'one client id for all attempts': { attemptId: () => `attempt-${String((attempts += 1))}` },
    'noticing another epoch': { isSameEpoch: () => true },
    'pulling again while there is more': { needsMore: () => false },
  };
  test.each(Object.entries(mutants))('%s', (_name, broken) => expectFailure(broken, anySteps, true));

  const mutantsOfChanges: Record<string, Broken> = {
    'the highest rev of an edit winning': { append: appendApplying(lastComeWins) },
    'deletions that absorb': { append: appendApplying(deletionIsAnEdit) },
    'tombstones of reactions': { append: appendApplying(withoutTombstones) },
  };
  test.each(Object.entries(mutantsOfChanges))('%s', (_name, broken) =>
    expectFailure(broken, changingSteps, true),
  );

  const mutantsOfStretches: Record<string, Broken> = {
    'folding changes into a stretch': { foldStretch: (stretch) => stretch },
    'keeping changes for pages under way': { changesBelow: () => [] },
    'joining only what adjoins': {
      joinStretch: (stretch, range) => joinStretch({ ...stretch, cursor: range.low }, range),
    },
  };
  test.each(Object.entries(mutantsOfStretches))('%s', (_name, broken) =>
    expectFailure(broken, wanderingSteps, true),
  );

  test('noticing that an older copy of the data was put back', () => {
    const broken = { isRewound: () => false };
    return expectBroken(
      fc.asyncProperty(seed, rewindingSteps, (s, taken) => liveRewound(worldOf(s, broken), taken)),
    );
  });

  test('heeding the heads that the server tells', () =>
    expectFailure({ isAdvanced: () => false }, peacefulSteps, false));
});
