import { newClientId, type Entry } from '@confab/contract';
import type { Person } from '@confab/testkit';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bot, botOf } from './bot.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
let ada: Person;
let robot: Person;
let roomId: string;
let start: () => Promise<Bot>;

beforeEach(async () => {
  product = await startProduct();
  [ada, robot] = [await product.world.person('ada'), await product.world.person('robot')];
  ({ id: roomId } = await ada.api.rooms.create({ clientId: newClientId(), name: 'harbour' }));
  await robot.api.rooms.join({ conversationId: roomId });
  start = await botOf({ CONFAB_URL: product.url, CONFAB_TOKEN: robot.token });
});

const say = (text: string, conversationId = roomId) =>
  ada.api.messages.send({ conversationId, clientId: newClientId(), text });

async function texts(conversationId: string): Promise<string[]> {
  const { entries } = await ada.api.messages.pull({ conversationId, after: 0 });
  return entries.flatMap((entry: Entry) => (entry.kind === 'message' ? [entry.text] : []));
}

/** Everything in the conversation once the bot has answered this. */
async function textsAfterEchoOf(text: string, conversationId = roomId): Promise<string[]> {
  await using events = ada.events();
  await events.until(({ type }) => type === 'live.ready');
  if (!(await texts(conversationId)).includes(`echo: ${text}`))
    await events.until(
      (event) =>
        event.type === 'entries.appended' &&
        event.entries.some((entry) => entry.kind === 'message' && entry.text === `echo: ${text}`),
    );
  return await texts(conversationId);
}

/** Ends the bot at its next send: before what it sends is stored, or after that and before the answer. */
async function endAtSend(when: 'before' | 'after', end: () => Promise<unknown>): Promise<void> {
  const { timeline } = product.backend.core.db;
  const insert = timeline.insertBatch.bind(timeline);
  const spy = vi.spyOn(timeline, 'insertBatch');
  const due = new Promise<() => void>((resolve) => {
    spy.mockImplementationOnce(async (...args) => {
      if (when === 'after') await insert(...args);
      await new Promise<void>((gone) => {
        resolve(gone);
      });
      throw new Error('the process that asked is gone');
    });
  });
  const letGo = await due;
  await end();
  letGo();
}

describe('the bot', () => {
  it('answers each message once, in rooms and in direct conversations, and no echo', async () => {
    await say('said before its time');
    const bot = await start();
    await say('hello');
    await say('echo: from another bot');
    await say('still there?');
    expect(await textsAfterEchoOf('still there?')).toEqual([
      'said before its time',
      'hello',
      'echo: from another bot',
      'still there?',
      'echo: hello',
      'echo: still there?',
    ]);
    const { id } = await ada.api.conversations.openDirect({ userId: robot.id });
    await say('between us', id);
    expect(await textsAfterEchoOf('between us', id)).toEqual(['between us', 'echo: between us']);
    expect(await bot.stop()).toBe(0);
  });

  it('answers what came while it was stopped, once', async () => {
    const bot = await start();
    await say('one');
    await textsAfterEchoOf('one');
    await bot.stop();
    await say('two');
    const { id } = await ada.api.conversations.openDirect({ userId: robot.id });
    await say('three', id);
    await start();
    expect(await textsAfterEchoOf('two')).toEqual(['one', 'echo: one', 'two', 'echo: two']);
    expect(await textsAfterEchoOf('three', id)).toEqual(['three', 'echo: three']);
  });

  it.each([
    ['before', 'kill'],
    ['before', 'stop'],
    ['after', 'kill'],
    ['after', 'stop'],
  ] as const)('ended %s its answer is stored, by a %s, answers once', async (when, how) => {
    const bot = await start();
    const ended = endAtSend(when, () => bot[how]());
    await say('one');
    await ended;
    const stored = when === 'before' ? [] : ['echo: one'];
    expect(await texts(roomId)).toEqual(['one', ...stored]);
    await start();
    await say('two');
    const echoes = (await textsAfterEchoOf('two')).filter((text) => text.startsWith('echo'));
    expect(echoes).toEqual(['echo: one', 'echo: two']);
  });

  it('ends when its session does', async () => {
    const bot = await start();
    await say('one');
    await textsAfterEchoOf('one');
    await robot.api.auth.signOut();
    expect(await bot.exited).toBe(1);
  });
});
