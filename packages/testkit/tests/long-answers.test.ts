import { limits, newClientId } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { type Mutant, runsUnbounded } from './mutants.ts';
import { aWorld } from './scene.ts';
import { noLimits, type Person } from '../src/index.ts';

const messages = 60;
/** Of three bytes each: the longest message there is. */
const longText = '字'.repeat(limits.textLengthMax);
const messageBytes = 3 * limits.textLengthMax;
/** What one step of reading may bring beyond the bound. */
const answerBytesMax = limits.pageBytesMax + 25 * messageBytes;

const bytesOf = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer));

async function aLongGroup(mutant: Mutant = () => undefined) {
  const world = await aWorld({ faultyPubsub: noLimits });
  mutant(world.backend.core.db);
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const group = { clientId: newClientId(), name: 'long', userIds: [bob.id] };
  const { id: conversationId } = await ada.api.conversations.createGroup(group);
  for (let i = 0; i < messages; i++)
    await ada.api.messages.send({ conversationId, clientId: newClientId(), text: longText });
  return { ada, conversationId };
}

type Group = Awaited<ReturnType<typeof aLongGroup>>;

async function everyPage({ ada, conversationId }: Group) {
  const pages = [await ada.api.messages.page({ conversationId, limit: 100 })];
  for (;;) {
    const [page] = pages;
    const before = page?.entries[0]?.rev ?? 0;
    if (page === undefined || before <= page.from) return pages;
    pages.unshift(await ada.api.messages.page({ conversationId, limit: 100, before }));
  }
}

async function everyPull({ ada, conversationId }: Group) {
  const pulls = [await ada.api.messages.pull({ conversationId, after: 0 })];
  for (;;) {
    const last = pulls.at(-1);
    if (!last?.more) return pulls;
    pulls.push(await ada.api.messages.pull({ conversationId, after: last.entries.at(-1)?.rev ?? 0 }));
  }
}

const revsOf = (answers: readonly { entries: readonly { rev: number }[] }[]) =>
  answers.flatMap(({ entries }) => entries.map(({ rev }) => rev));

describe('an answer of long messages', () => {
  it('ends early, and the next one goes on where it ended: a page, and a pull', async () => {
    const group = await aLongGroup();
    for (const answers of [await everyPage(group), await everyPull(group)]) {
      expect(revsOf(answers)).toEqual(Array.from({ length: messages + 1 }, (_, i) => i + 1));
      for (const answer of answers) expect(bytesOf(answer)).toBeLessThan(answerBytesMax);
    }
  });

  it('control: is whole, and of megabytes, where nothing ends it', async () => {
    const [page] = await everyPage(await aLongGroup(runsUnbounded));
    expect(bytesOf(page)).toBeGreaterThan(answerBytesMax);
  });
});

describe('a list of conversations whose last messages are long', () => {
  it('ends early; its cursor leads to the others', async () => {
    const world = await aWorld({ faultyPubsub: noLimits });
    const ada = await world.person('ada');
    const ids = await Promise.all(Array.from({ length: 20 }, () => aRoomOf(ada)));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.api.conversations.list(cursor === undefined ? {} : { cursor });
      expect(bytesOf(page)).toBeLessThan(limits.pageBytesMax + 2 * messageBytes);
      found.push(...page.conversations.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found.toSorted()).toEqual(ids.toSorted());
    expect(new Set(found).size).toBe(found.length);
  });
});

async function aRoomOf(ada: Person): Promise<string> {
  const clientId = newClientId();
  const { id } = await ada.api.rooms.create({ clientId, name: `R ${clientId.slice(-8)}` });
  await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: longText });
  return id;
}
