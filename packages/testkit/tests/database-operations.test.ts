import { limits, newClientId } from '@confab/contract';
import { type FairGate, inScope, newId, type NewMembership } from '@confab/db';
import { noLimits, settled, type World } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { rows } from './procedure-inputs.ts';
import { aProcedureScene, call } from './procedure-scene.ts';
import { aWorld } from './scene.ts';

/** More than the first batch of an answer holds, which is 101. */
const twoBatches = 110;

const aMember = (conversationId: string): NewMembership => ({
  conversationId,
  userId: newId(),
  role: 'member',
  joinedAt: new Date(),
  visibleFromRev: 1,
  deliveredSeq: 0,
  readSeq: 0,
  unrecorded: null,
});

const open = Number.MAX_SAFE_INTEGER;
/** As if nothing stood before the driver. */
const unbounded = { atOnceMax: open, atOncePerKeyMax: open, waitingMax: open, waitingPerKeyMax: open };

/** What a world's first process has under way at the database, by what the driver reports. */
function underWay({ backend }: World) {
  const { connection, operations } = backend.core.db;
  const sessions = new Set<string>();
  const seen = { now: 0, most: 0, started: 0, around: [] as string[], sessions };
  const client = connection.getClient();
  client.on('commandStarted', ({ command, commandName }) => {
    seen.now += 1;
    seen.started += 1;
    seen.most = Math.max(seen.most, seen.now);
    // Each operation has one command under way at a time: one more has passed no gate.
    if (seen.now > operations.running) seen.around.push(commandName);
    const lsid = command['lsid'] as { id: { toString(encoding: 'hex'): string } } | undefined;
    if (lsid) sessions.add(lsid.id.toString('hex'));
  });
  const end = () => (seen.now -= 1);
  client.on('commandSucceeded', end);
  client.on('commandFailed', end);
  return seen;
}

describe('what the process asks of the database', () => {
  it('passes the gate, whichever procedure asks; what goes around it would be seen', async () => {
    const world = await aWorld({ monitorCommands: true });
    const scene = await aProcedureScene(world);
    const outsider = await world.person('mallory');
    const seen = underWay(world);
    for (const [path, { input }] of Object.entries(rows)) {
      if (path.startsWith('auth.') || path.startsWith('live.')) continue;
      for (const { api } of [scene.ada, scene.bob, outsider]) {
        await call(api, path, input(scene)).catch(() => undefined);
      }
    }
    for (const path of ['auth.sessions', 'auth.me']) await call(scene.ada.api, path, {});
    const feed = scene.bob.events();
    await feed.until(({ type }) => type === 'live.ready');
    await feed[Symbol.asyncDispose]();
    await world.backend.core.changes.sweep();
    await world.backend.core.live.watchdog.round();
    await settled(world.backend);
    expect(seen.started).toBeGreaterThan(Object.keys(rows).length);
    expect(seen.around).toEqual([]);

    const { connection } = world.backend.core.db;
    await connection.getClient().db(world.dbName).collection('users').findOne({});
    expect(seen.around).toEqual(['find']);
  });

  it('makes no more sessions than there are connections, however much is asked for at once', async () => {
    const burst = async (world: World) => {
      const conversationId = newId();
      const members = Array.from({ length: twoBatches }, () => aMember(conversationId));
      await world.backend.core.db.memberships.createMissing(members);
      const seen = underWay(world);
      const { memberships } = world.backend.core.db;
      const query = { conversationId, after: null, limit: twoBatches };
      const reads = Array.from({ length: 300 }, (_, i) =>
        inScope({ key: String(i % 100), kind: 'read' }, () => memberships.listOfConversation(query)),
      );
      for (const found of await Promise.all(reads)) expect(found).toHaveLength(twoBatches);
      return { most: seen.most, sessions: seen.sessions.size };
    };
    const sound = await burst(await aWorld({ monitorCommands: true }));
    expect(sound.most).toBeLessThanOrEqual(limits.databaseOperationsMax);
    expect(sound.sessions).toBeLessThanOrEqual(2 * limits.databaseOperationsMax);
    // The control: the driver alone. Its connections bound what is under way; nothing bounds the half-read cursors.
    const flooded = await burst(await aWorld({ monitorCommands: true, operations: unbounded }));
    expect(flooded.sessions).toBeGreaterThan(5 * limits.databaseOperationsMax);
  });
});

/** For whom a gate began what, and how much it began between the asking and the beginning. */
function waitsIn(gate: FairGate, keyOf: (key: string) => string = (key) => key) {
  const waits: { key: string; begunMeanwhile: number }[] = [];
  const run = gate.run.bind(gate);
  gate.run = (scope, work) => {
    const before = waits.length;
    return run({ ...scope, key: keyOf(scope.key) }, () => {
      waits.push({ key: scope.key, begunMeanwhile: waits.length - before });
      return work();
    });
  };
  return waits;
}

/** One turn of each of the three, and of what the process does by itself, and some that begin in the same moment. */
const handful = 10;

/** Three who ask for 300 lists of rooms each, and ada, who sends, and reads, beside them; and how long she waited. */
async function besideAFlood({ turns }: { turns: boolean }) {
  // The budgets grant everything: what is tested stands behind them.
  const world = await aWorld({ faultyPubsub: noLimits });
  const { core } = world.backend;
  const ada = await world.person('ada');
  const { id: conversationId } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R0' });
  for (let i = 1; i < 6; i++) await ada.api.rooms.create({ clientId: newClientId(), name: `R${String(i)}` });
  const flooders = [];
  for (const name of ['mallory', 'trudy', 'oscar']) flooders.push(await world.person(name));
  await settled(world.backend);

  const keyOf = (key: string) => (turns ? key : 'everybody');
  const [operations, reads] = [waitsIn(core.db.operations, keyOf), waitsIn(core.reads, keyOf)];
  const flood = flooders.flatMap(({ api }) =>
    Array.from({ length: 300 }, () => api.rooms.listWithMembers({}).catch(() => undefined)),
  );
  await Promise.race(flood);
  for (let i = 0; i < 5; i++) {
    await ada.api.messages.send({ conversationId, clientId: newClientId(), text: 'hello' });
    await ada.api.messages.pull({ conversationId, after: 0 });
  }
  const floodEnded = reads.length;
  await Promise.all(flood);
  const own = ({ key }: { key: string }) => key === ada.id || key === conversationId;
  const most = (waits: typeof reads) =>
    Math.max(...waits.filter(own).map(({ begunMeanwhile }) => begunMeanwhile));
  return { inGate: most(operations), inReads: most(reads), floodEnded, flood: reads.length };
}

describe('beside 900 lists of rooms of three people', () => {
  it('what another one sends and reads waits for a handful of operations', async () => {
    const { inGate, inReads, floodEnded, flood } = await besideAFlood({ turns: true });
    expect(flood).toBeGreaterThan(floodEnded);
    expect(inGate).toBeLessThanOrEqual(handful);
    expect(inReads).toBeLessThanOrEqual(handful);
  });

  it('without turns it would wait behind all of them', async () => {
    const { inReads } = await besideAFlood({ turns: false });
    expect(inReads).toBeGreaterThan(20 * handful);
  });
});
