import { limits, newClientId } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { createWorld, type Person, refusal, type World } from '../src/index.ts';
import { onTestFinished } from 'vitest';

interface Line {
  readonly event: string;
  readonly code?: string;
  readonly count?: number;
  readonly [field: string]: unknown;
}

/** A world whose log is read, at a time that the test sets. */
async function aLoggedWorld() {
  const lines: Line[] = [];
  const clock = { now: new Date('2100-01-01T00:00:00Z') };
  const world = await createWorld({
    logTo: (line) => lines.push(JSON.parse(line) as Line),
    now: () => clock.now,
  });
  onTestFinished(() => world[Symbol.asyncDispose]());
  const refused = () => lines.filter(({ event }) => event === 'access.refused');
  return { world, clock, lines, refused };
}

const roomOf = (person: Person) =>
  person.api.rooms.create({ clientId: newClientId(), name: 'R', visibility: 'private' });

const pageOf = (person: Person, conversationId: string) =>
  refusal(person.api.messages.page({ conversationId }));

describe('refused access', () => {
  it('is one line that says who was refused what, where and from where, and nothing of what was sent', async () => {
    const { world, lines, refused } = await aLoggedWorld();
    const [ada, eve] = [await world.person('ada'), await world.person('eve')];
    const { id: conversationId } = await roomOf(ada);
    await pageOf(eve, conversationId);
    await refusal(
      eve.api.messages.send({ conversationId, clientId: newClientId(), text: 'a secret of mine' }),
    );
    await refusal((await world.anonymous({ address: '203.0.113.9' })).auth.me());
    expect(refused()).toMatchObject([
      { level: 'warn', code: 'NOT_FOUND', path: 'messages.page', userId: eve.id, conversationId },
      { code: 'NOT_FOUND', path: 'messages.send', userId: eve.id, conversationId },
      {
        code: 'UNAUTHENTICATED',
        path: 'auth.me',
        userId: null,
        conversationId: null,
        address: '203.0.113.9',
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('a secret of mine');
  });

  it('is no line where access was not what was wrong', async () => {
    const { world, refused } = await aLoggedWorld();
    const ada = await world.person('ada');
    await refusal(ada.api.messages.page({ conversationId: 'x' }));
    await refusal(ada.api.auth.changePassword({ current: 'a wrong one', next: 'another good one' }));
    expect(refused()).toEqual([]);
  });

  it('of an input that names no conversation is a line all the same', async () => {
    const { world, refused } = await aLoggedWorld();
    const ada = await world.person('ada');
    await refusal(ada.api.reports.list({}));
    expect(refused()).toMatchObject([{ code: 'FORBIDDEN', path: 'reports.list', conversationId: null }]);
  });
});

describe('a flood of refusals', () => {
  const flood = async (person: Person, conversationId: string, times: number) => {
    await Promise.all(Array.from({ length: times }, () => pageOf(person, conversationId)));
  };
  const somewhere = 'a'.repeat(24);

  it('of one person is a few lines a minute, leaves the others theirs, and is counted', async () => {
    const { world, clock, lines, refused } = await aLoggedWorld();
    const [eve, bob] = [await world.person('eve'), await world.person('bob')];
    await flood(eve, somewhere, 200);
    await pageOf(bob, somewhere);
    const own = (person: Person) => refused().filter(({ userId }) => userId === person.id).length;
    expect([own(eve), own(bob)]).toEqual([limits.refusalLinesPerPersonAndMinute, 1]);
    clock.now = new Date(clock.now.getTime() + 60_000);
    await pageOf(eve, somewhere);
    expect(own(eve)).toBe(limits.refusalLinesPerPersonAndMinute + 1);
    expect(lines.find(({ event }) => event === 'access.refusalsOmitted')?.count).toBe(
      200 - limits.refusalLinesPerPersonAndMinute,
    );
  });

  it('of many strangers is bounded too', async () => {
    const { world, refused } = await aLoggedWorld();
    await Promise.all(Array.from({ length: 700 }, (_, i) => ask(world, `2001:db8:0:${i.toString(16)}::1`)));
    expect(refused()).toHaveLength(limits.refusalLinesPerMinute);
  });

  it('of one network is that of one stranger', async () => {
    const { world, refused } = await aLoggedWorld();
    await Promise.all(Array.from({ length: 50 }, (_, i) => ask(world, `2001:db8::${i.toString(16)}`)));
    expect(refused()).toHaveLength(limits.refusalLinesPerPersonAndMinute);
  });
});

async function ask(world: World, address: string): Promise<void> {
  await refusal((await world.anonymous({ address })).auth.me());
}
