import { limits, newClientId, rates } from '@confab/contract';
import { sweepMembers } from '@confab/core';
import { type Person, refusal, type World, type WorldOptions } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { atEveryWrite } from './dying-process.ts';
import { heldBefore } from './held-calls.ts';
import { type Mutant, usesUnguarded } from './mutants.ts';
import { aWorld } from './scene.ts';

const hourMs = 3_600_000;

interface Den {
  readonly world: World;
  readonly ada: Person;
  readonly conversationId: string;
  readonly invite: (options?: {
    usesMax?: number;
    expiresInHours?: number | null;
  }) => Promise<{ id: string; code: string }>;
}

async function denOf(world: World, ada: Person): Promise<Den> {
  const request = { clientId: newClientId(), name: 'Den', visibility: 'private' as const };
  const { id } = await ada.api.rooms.create(request);
  return {
    world,
    ada,
    conversationId: id,
    invite: (options = {}) =>
      ada.api.invitations.create({ conversationId: id, clientId: newClientId(), ...options }),
  };
}

/** ada's private room. */
async function aDen(options: WorldOptions = {}): Promise<Den> {
  const world = await aWorld(options);
  return denOf(world, await world.person('ada'));
}

async function crowdOf(world: World, count: number): Promise<Person[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => world.person(`guest${String(i)}`)));
}

const notValid = { code: 'NOT_FOUND', message: 'This invitation is not valid any more.', field: 'code' };

describe('a private room', () => {
  it('is in no list, cannot be joined, and is what a missing one is to everybody outside', async () => {
    const { world, ada, conversationId } = await aDen();
    const bob = await world.person('bob');
    expect((await bob.api.rooms.list({})).rooms).toEqual([]);
    expect((await bob.api.rooms.list({ prefix: 'den' })).rooms).toEqual([]);
    expect((await bob.api.rooms.listWithMembers({ prefix: 'den' })).rooms).toEqual([]);
    expect((await ada.api.rooms.list({})).rooms).toEqual([]);
    const missing = await refusal(bob.api.rooms.join({ conversationId: 'f'.repeat(24) }));
    expect(await refusal(bob.api.rooms.join({ conversationId }))).toEqual(missing);
  });

  it('is entered by an invitation, with its history, or by whom owners and moderators add', async () => {
    const { world, ada, conversationId, invite } = await aDen();
    const [bob, cleo] = [await world.person('bob'), await world.person('cleo')];
    await ada.api.messages.send({ conversationId, clientId: newClientId(), text: 'before' });
    const { code } = await invite();
    const told = await bob.api.invitations.preview({ code });
    expect(told).toMatchObject({ conversationId, name: 'Den', memberCount: 1, joined: false });
    expect(told.invitedBy.name).toBe('ada');
    expect(await bob.api.invitations.accept({ code })).toMatchObject({
      id: conversationId,
      visibility: 'private',
      role: 'member',
      memberCount: 2,
      from: 1,
    });
    expect((await bob.api.invitations.preview({ code })).joined).toBe(true);
    const { entries } = await bob.api.messages.page({ conversationId });
    expect(entries).toMatchObject([
      { kind: 'created' },
      { kind: 'message', text: 'before' },
      { kind: 'member', change: 'joined', userId: bob.id },
    ]);
    const adding = { conversationId, userId: cleo.id };
    expect((await refusal(bob.api.members.add(adding))).code).toBe('FORBIDDEN');
    await ada.api.members.add(adding);
  });
});

describe('an invitation', () => {
  it('tells somebody who is not signed in what it is to, as long as it lets anybody in', async () => {
    const { world, ada, conversationId, invite } = await aDen();
    const { id: invitationId, code } = await invite();
    const stranger = await world.anonymous();
    expect(await stranger.invitations.preview({ code })).toMatchObject({
      name: 'Den',
      memberCount: 1,
      invitedBy: { name: 'ada' },
      joined: false,
    });
    expect((await refusal(stranger.invitations.accept({ code }))).code).toBe('UNAUTHENTICATED');
    await ada.api.invitations.revoke({ conversationId, invitationId });
    expect(await refusal(stranger.invitations.preview({ code }))).toEqual(notValid);
  });

  it('is told of to strangers so often from one address', async () => {
    const { world, invite } = await aDen();
    const { code } = await invite();
    const stranger = await world.anonymous();
    const asked = await Promise.all(
      Array.from({ length: rates.invitations.points + 1 }, () =>
        refusal(stranger.invitations.preview({ code })).catch(() => null),
      ),
    );
    expect(asked.filter((refused) => refused?.code === 'RATE_LIMITED')).toHaveLength(1);
  });

  it('is made once per client id, with one code; another request under it is refused', async () => {
    const { ada, conversationId } = await aDen();
    const request = { conversationId, clientId: newClientId(), usesMax: 3 };
    const made = await Promise.all([1, 2, 3].map(() => ada.api.invitations.create(request)));
    expect(new Set(made.map(({ code }) => code)).size).toBe(1);
    expect(made[0]).toMatchObject({ usesMax: 3, uses: 0, createdBy: { name: 'ada' } });
    const other = refusal(ada.api.invitations.create({ ...request, usesMax: 4 }));
    expect((await other).code).toBe('CLIENT_ID_REUSED');
    expect((await ada.api.invitations.list({ conversationId })).invitations).toEqual([made[0]]);
  });

  it('is for owners and moderators of rooms, and so are its list and its end', async () => {
    const { world, ada, conversationId, invite } = await aDen();
    const bob = await world.person('bob');
    const { id, code } = await invite();
    await bob.api.invitations.accept({ code });
    for (const call of [
      () => bob.api.invitations.create({ conversationId, clientId: newClientId() }),
      () => bob.api.invitations.list({ conversationId }),
      () => bob.api.invitations.revoke({ conversationId, invitationId: id }),
    ]) {
      expect((await refusal(call())).code).toBe('FORBIDDEN');
    }
    await ada.api.members.setRole({ conversationId, userId: bob.id, role: 'moderator' });
    await bob.api.invitations.revoke({ conversationId, invitationId: id });
    const group = { clientId: newClientId(), name: 'G', userIds: [bob.id] };
    const { id: groupId } = await ada.api.conversations.createGroup(group);
    const inGroup = { conversationId: groupId, clientId: newClientId() };
    expect((await refusal(ada.api.invitations.create(inGroup))).code).toBe('FORBIDDEN');
  });

  it.each(['revoked', 'expired', 'used up'])(
    'that is %s is worth what an invented code is worth',
    async (how) => {
      let now = Date.now();
      const { world, ada, conversationId, invite } = await aDen({ now: () => new Date(now) });
      const [bob, cleo] = [await world.person('bob'), await world.person('cleo')];
      const { id, code } = await invite({ usesMax: 1, expiresInHours: 2 });
      if (how === 'revoked') await ada.api.invitations.revoke({ conversationId, invitationId: id });
      if (how === 'used up') await cleo.api.invitations.accept({ code });
      if (how === 'expired') {
        now += 2 * hourMs - 1;
        await bob.api.invitations.preview({ code });
        now += 1;
      }
      for (const value of [code, 'x'.repeat(27)]) {
        expect(await refusal(bob.api.invitations.preview({ code: value }))).toEqual(notValid);
        expect(await refusal(bob.api.invitations.accept({ code: value }))).toEqual(notValid);
      }
      expect((await refusal(bob.api.messages.page({ conversationId }))).code).toBe('NOT_FOUND');
    },
  );

  it('without an end is good for ever', async () => {
    let now = Date.now();
    const { world, invite } = await aDen({ now: () => new Date(now) });
    const { code } = await invite({ expiresInHours: null });
    now += 14 * 24 * hourMs;
    const bob = await world.person('bob');
    await bob.api.invitations.accept({ code });
  });

  it('stands beside a bounded number of others', async () => {
    const { ada, conversationId, world } = await aDen();
    const { invitations } = world.backend.core.db;
    const base = { conversationId, createdBy: ada.id, createdAt: new Date(), bodyHash: 'h' };
    for (let i = 0; i < limits.invitationsMax; i++) {
      const id = i.toString(16).padStart(24, '0');
      await invitations.insert({ ...base, id, code: String(i), expiresAt: null, usesMax: null });
    }
    const request = { conversationId, clientId: newClientId() };
    expect((await refusal(ada.api.invitations.create(request))).code).toBe('FORBIDDEN');
    await ada.api.invitations.revoke({ conversationId, invitationId: '0'.repeat(24) });
    await ada.api.invitations.create(request);
  });
});

/** How many of 20 come in who use an invitation for 5 at once, on two processes. */
async function admitted(den: Den, mutant: Mutant = () => undefined): Promise<number> {
  const guests = await crowdOf(den.world, 20);
  const there = await den.world.process();
  for (const { core } of [den.world.backend, there]) mutant(core.db);
  const apis = await Promise.all(guests.map(async (guest, i) => (i % 2 ? guest.api : guest.via(there))));
  const { code } = await den.invite({ usesMax: 5 });
  const outcomes = await Promise.allSettled(apis.map((api) => api.invitations.accept({ code })));
  const { members } = await den.ada.api.members.list({ conversationId: den.conversationId });
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(members.length - 1);
  return members.length - 1;
}

describe('uses', () => {
  it('admit as many as they are, of twenty who try at once', async () => {
    const den = await aDen();
    expect(await admitted(den)).toBe(5);
    const { conversationId } = den;
    expect((await den.ada.api.invitations.list({ conversationId })).invitations).toMatchObject([
      { usesMax: 5, uses: 5 },
    ]);
    expect((await den.ada.api.conversations.get({ conversationId })).conversation.memberCount).toBe(6);
  });

  it('would admit more if they were looked at first and counted afterwards', async () => {
    expect(await admitted(await aDen(), usesUnguarded(20))).toBe(20);
  });

  it('are not taken twice by one person, nor by who is in already', async () => {
    const { world, ada, conversationId, invite } = await aDen();
    const [bob, cleo] = [await world.person('bob'), await world.person('cleo')];
    const { code } = await invite({ usesMax: 2 });
    await ada.api.invitations.accept({ code });
    await Promise.all([1, 2, 3].map(() => bob.api.invitations.accept({ code })));
    await bob.api.conversations.leave({ conversationId });
    await bob.api.invitations.accept({ code });
    const uses = async () => (await ada.api.invitations.list({ conversationId })).invitations[0]?.uses;
    expect(await uses()).toBe(1);
    await cleo.api.invitations.accept({ code });
    expect(await uses()).toBe(2);
    await bob.api.invitations.accept({ code });
  });

  it('let a removed person in again, and nobody who is banned', async () => {
    const { world, ada, conversationId, invite } = await aDen();
    const bob = await world.person('bob');
    const { code } = await invite();
    await bob.api.invitations.accept({ code });
    await ada.api.members.remove({ conversationId, userId: bob.id });
    await bob.api.invitations.accept({ code });
    await ada.api.members.ban({ conversationId, userId: bob.id });
    expect((await refusal(bob.api.invitations.accept({ code }))).code).toBe('BANNED');
    expect((await refusal(bob.api.invitations.preview({ code }))).code).toBe('BANNED');
    expect((await refusal(bob.api.messages.page({ conversationId }))).code).toBe('NOT_FOUND');
  });

  it('admit a person whose process died at whichever write, when they try again, and count them once', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const other = await world.process();
    const count = await atEveryWrite(async (die) => {
      const { conversationId, invite } = await denOf(world, ada);
      const { code } = await invite({ usesMax: 1 });
      const dying = die(world.backend);
      await bob.api.invitations.accept({ code }).catch(() => undefined);
      dying.revive();
      await sweepMembers(other.core, new Date(8.64e15));
      const there = await bob.via(other);
      expect(await there.invitations.accept({ code })).toMatchObject({ memberCount: 2, role: 'member' });
      expect((await ada.api.invitations.list({ conversationId })).invitations).toMatchObject([{ uses: 1 }]);
      const { entries } = await there.messages.page({ conversationId });
      expect(entries).toMatchObject([{ kind: 'created' }, { kind: 'member', change: 'joined' }]);
    });
    expect(count).toBeGreaterThan(4);
  });
});

/** How somebody stops being a moderator against their will. */
const falls: Record<
  string,
  (ada: Person['api'], bob: { conversationId: string; userId: string }) => Promise<unknown>
> = {
  banned: (ada, bob) => ada.members.ban(bob),
  removed: (ada, bob) => ada.members.remove(bob),
  'made a member': (ada, bob) => ada.members.setRole({ ...bob, role: 'member' }),
};

async function withModerator(den: Den, bob: Person): Promise<{ conversationId: string; userId: string }> {
  const member = { conversationId: den.conversationId, userId: bob.id };
  await den.ada.api.members.add(member);
  await den.ada.api.members.setRole({ ...member, role: 'moderator' });
  return member;
}

describe.each(Object.entries(falls))('the links of a moderator who is %s', (_, fall) => {
  it('let nobody in any more, and those of others do', async () => {
    const den = await aDen();
    const [bob, cleo] = [await den.world.person('bob'), await den.world.person('cleo')];
    const member = await withModerator(den, bob);
    const { code } = await bob.api.invitations.create({
      conversationId: den.conversationId,
      clientId: newClientId(),
    });
    const { id, code: other } = await den.invite();
    await fall(den.ada.api, member);
    expect(await refusal(cleo.api.invitations.accept({ code }))).toEqual(notValid);
    const { invitations } = await den.ada.api.invitations.list({ conversationId: den.conversationId });
    expect(invitations.map((invitation) => invitation.id)).toEqual([id]);
    await cleo.api.invitations.accept({ code: other });
  });

  it('are not made after it, though it was begun before', async () => {
    const den = await aDen();
    const { world, ada, conversationId } = den;
    const bob = await world.person('bob');
    const member = await withModerator(den, bob);
    const other = await world.process();
    const there = await bob.via(other);
    const held = heldBefore([[other.core.db.invitations, 'insert']]);
    const late = refusal(there.invitations.create({ conversationId, clientId: newClientId() }));
    await held.reached;
    await fall(ada.api, member);
    held.release();
    expect((await late).code).toMatch(/^(FORBIDDEN|NOT_FOUND)$/);
    expect((await ada.api.invitations.list({ conversationId })).invitations).toEqual([]);
  });

  it('end though the process dies at whichever write', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const other = await world.process();
    const count = await atEveryWrite(async (die) => {
      const den = await denOf(world, ada);
      const { conversationId } = den;
      const member = await withModerator(den, bob);
      await bob.api.invitations.create({ conversationId, clientId: newClientId() });
      const dying = die(world.backend);
      await fall(ada.api, member).catch(() => undefined);
      dying.revive();
      await sweepMembers(other.core, new Date(8.64e15));
      const { entries } = await ada.api.messages.page({ conversationId });
      const nothing = entries.length === 3;
      const { invitations } = await ada.api.invitations.list({ conversationId });
      expect(invitations).toHaveLength(nothing ? 1 : 0);
    });
    expect(count).toBeGreaterThan(3);
  });
});

describe('a use of somebody who was removed', () => {
  it('is spent: coming back takes another one', async () => {
    const { world, ada, conversationId, invite } = await aDen();
    const bob = await world.person('bob');
    const { code } = await invite({ usesMax: 2 });
    for (const use of [1, 2]) {
      await bob.api.invitations.accept({ code });
      await ada.api.members.remove({ conversationId, userId: bob.id });
      expect((await ada.api.invitations.list({ conversationId })).invitations).toMatchObject([{ uses: use }]);
    }
    expect(await refusal(bob.api.invitations.accept({ code }))).toEqual(notValid);
    expect(await refusal(bob.api.invitations.preview({ code }))).toEqual(notValid);
  });
});
