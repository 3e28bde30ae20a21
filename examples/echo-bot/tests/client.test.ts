import {
  clientIdFrom,
  connect,
  ConfabError,
  type Confab,
  type MessageEntry,
  refusalOf,
} from '@confab/client';
import { limits, newClientId } from '@confab/contract';
import type { Person } from '@confab/testkit';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startProduct, type Product } from './product.ts';

let product: Product;
let ada: Person;
let bob: Person;
let roomId: string;

beforeEach(async () => {
  product = await startProduct();
  [ada, bob] = [await product.world.person('ada'), await product.world.person('bob')];
  // How fast one person may write is not what these tests are about.
  vi.spyOn(product.world.backend.core.limits.messages, 'consume').mockResolvedValue();
  ({ id: roomId } = await ada.api.rooms.create({ clientId: newClientId(), name: 'harbour' }));
});

const say = (text: string) =>
  ada.api.messages.send({ conversationId: roomId, clientId: newClientId(), text });

async function open(person: Person): Promise<Confab> {
  const confab = await connect({ url: product.url, token: person.token });
  onTestFinished(() => confab.close());
  return confab;
}

/** The texts that come until this one. */
async function textsUntil(messages: AsyncIterable<MessageEntry>, last: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of messages) {
    texts.push(text);
    if (text === last) break;
  }
  return texts;
}

async function refused(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ConfabError) return error.code;
  throw new Error('was not refused', { cause: error });
}

/** Those of which nobody knows whether they were done: the connection broke meanwhile. */
function lost(answers: readonly PromiseSettledResult<unknown>[]): unknown[] {
  return answers.flatMap((answer) =>
    answer.status === 'rejected' && refusalOf(answer.reason) === answer.reason ? [answer.reason] : [],
  );
}

describe('what devices and programs send at their worst', () => {
  it('passes in one go: ten subscriptions, 60 long messages, as many edits, 200 marks', async () => {
    const confab = await open(ada);
    const { api } = confab;
    for (let i = 1; i < limits.subscriptionsPerSocketMax; i++) {
      const subscription = api.live.hints.subscribe(undefined, {});
      onTestFinished(() => {
        subscription.unsubscribe();
      });
    }
    const text = '語'.repeat(limits.textLengthMax);
    const { entry, epoch } = await api.messages.send.mutate({
      conversationId: roomId,
      clientId: newClientId(),
      text: 'first',
    });
    if (entry.kind !== 'message') throw new TypeError('not what was sent');
    const request = () => ({ conversationId: roomId, clientId: newClientId(), text });
    const answers = await Promise.allSettled([
      ...Array.from({ length: 60 }, () => api.messages.send.mutate(request())),
      ...Array.from({ length: 60 }, () => api.messages.edit.mutate({ ...request(), messageId: entry.id })),
      ...Array.from({ length: 200 }, (_, readSeq) =>
        api.conversations.mark.mutate({ epoch, conversationId: roomId, readSeq }),
      ),
    ]);
    expect(answers).toHaveLength(320);
    expect(lost(answers)).toEqual([]);
  });

  it('passes on twenty connections of a person that come back at once', async () => {
    const confabs = await Promise.all(Array.from({ length: limits.connectionsPerUserMax }, () => open(ada)));
    const sendByAll = () =>
      Promise.all(confabs.map((confab, index) => confab.send(roomId, `from ${String(index)}`)));
    await sendByAll();
    await product.stopWs();
    await product.startWs();
    await sendByAll();
  });
});

describe('a program', () => {
  it('signs in over HTTP, lists rooms, joins one, sends and hears others', async () => {
    const confab = await connect({ url: product.url, login: 'bob', password: bob.password });
    expect(confab.account).toMatchObject({ id: bob.id, name: 'bob' });
    const rooms = await confab.rooms.list('harb');
    expect(rooms.map(({ id }) => id)).toEqual([roomId]);
    expect(await confab.rooms.join(roomId)).toMatchObject({ id: roomId, name: 'harbour' });
    const sent = await confab.send(roomId, 'hello');
    expect(sent).toMatchObject({ senderId: bob.id, text: 'hello' });
    const hearing = textsUntil(confab.messages(roomId, { from: sent.rev }), 'and you?');
    await say('hello bob');
    await say('and you?');
    expect(await hearing).toEqual(['hello', 'hello bob', 'and you?']);
    const sessions = await bob.api.auth.sessions();
    await confab.close();
    expect(await bob.api.auth.sessions()).toHaveLength(sessions.length - 1);
  });

  it('sends long messages to many rooms at once: no frame is too large for the server', async () => {
    const confab = await open(ada);
    const names = Array.from({ length: 12 }, (_, index) => `quay ${String(index)}`);
    const rooms = await Promise.all(
      names.map((name) => ada.api.rooms.create({ clientId: newClientId(), name })),
    );
    const text = '語'.repeat(limits.textLengthMax);
    const sent = await Promise.all(rooms.map(({ id }) => confab.send(id, text)));
    expect(sent.map((message) => message.text)).toEqual(rooms.map(() => text));
  });

  it.each([
    ['a wrong password', { login: 'bob', password: 'not the password' }, 'SIGN_IN_FAILED'],
    ['a token that is none', { token: 'x'.repeat(40) }, 'UNAUTHENTICATED'],
  ])('is told that it has %s', async (_, credentials, code) => {
    expect(await refused(connect({ url: product.url, ...credentials }))).toBe(code);
  });

  it('is told that nobody answers', async () => {
    expect(await refused(connect({ url: 'http://127.0.0.1:1', token: ada.token }))).toBe('UNAVAILABLE');
  });

  it('is told why a room is not for it, before and while it follows', async () => {
    const confab = await open(bob);
    expect(await refused(textsUntil(confab.messages(roomId), ''))).toBe('NOT_FOUND');
    expect(await refused(confab.send(roomId, 'x'))).toBe('NOT_FOUND');
    await confab.rooms.join(roomId);
    const following = textsUntil(confab.messages(roomId, { from: 'start' }), 'never');
    await confab.send(roomId, 'here');
    await ada.api.members.ban({ conversationId: roomId, userId: bob.id });
    expect(await following).toEqual(['here']);
  });

  it('hears of every conversation that it comes into, again after it had left', async () => {
    const confab = await open(bob);
    const told = confab.conversations()[Symbol.asyncIterator]();
    const next = async () => {
      const result = await told.next();
      return result.done === true ? null : result.value.id;
    };
    const first = next();
    await bob.api.rooms.join({ conversationId: roomId });
    expect(await first).toBe(roomId);
    // Sent over the socket: events flow from here on.
    await confab.send(roomId, 'here');
    const again = next();
    await bob.api.conversations.leave({ conversationId: roomId });
    await bob.api.rooms.join({ conversationId: roomId });
    expect(await again).toBe(roomId);
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'psst' });
    expect(await next()).toBe(id);
    const end = next();
    await confab.close();
    expect(await end).toBeNull();
  });
});

describe('while the ws process is stopped and started again', () => {
  it('every message comes once and in order, and what is sent is stored once', async () => {
    await bob.api.rooms.join({ conversationId: roomId });
    const confab = await open(bob);
    const live: string[] = [];
    const events = confab.api.live.events.subscribe(undefined, {
      onData(event) {
        if (event.type !== 'entries.appended') return;
        for (const entry of event.entries) if (entry.kind === 'message') live.push(entry.text);
      },
    });
    onTestFinished(() => {
      events.unsubscribe();
    });
    const following = textsUntil(confab.messages(roomId, { from: 'start' }), 'the last');
    const said: string[] = [];
    const sayNext = async (text: string) => {
      await say(text);
      said.push(text);
    };
    await sayNext('before');
    await confab.send(roomId, 'from bob');
    said.push('from bob');
    await product.stopWs();
    for (let i = 0; i < 250; i += 1) await sayNext(`meanwhile ${i}`);
    const late = confab.send(roomId, 'sent while it was away');
    await product.startWs();
    said.push((await late).text);
    for (let i = 0; i < 20; i += 1) await sayNext(`after ${i}`);
    await product.stopWs();
    await sayNext('the last');
    await product.startWs();
    expect(await following).toEqual(said);
    // The control: whoever only listens has missed what was said meanwhile.
    expect(live).toContain('from bob');
    expect(live).not.toContain('meanwhile 3');
  });

  it('a slow reader gets everything, too', async () => {
    const confab = await open(ada);
    const reading = confab.messages(roomId, { from: 'start' })[Symbol.asyncIterator]();
    const first = (await say('first')).entry.rev;
    expect(await reading.next()).toMatchObject({ value: { rev: first } });
    // More than a reader's share of what may wait in memory.
    await Promise.all(Array.from({ length: 520 }, (__, i) => say(String(i))));
    for (let rev = first + 1; rev <= first + 520; rev += 1)
      expect(await reading.next()).toMatchObject({ value: { rev } });
  });
});

describe('the end of the session', () => {
  /** A reader that has read everything and waits for more. */
  async function waitingReader(): Promise<{ confab: Confab; refusal: Promise<string> }> {
    await bob.api.rooms.join({ conversationId: roomId });
    const confab = await open(bob);
    const { rev } = await confab.send(roomId, 'here');
    const reading = confab.messages(roomId, { from: rev })[Symbol.asyncIterator]();
    expect(await reading.next()).toMatchObject({ value: { text: 'here' } });
    return { confab, refusal: refused(reading.next()) };
  }

  it.each([
    ['at once while it is connected', async () => undefined, async () => undefined],
    ['without a ws process to tell it', () => product.stopWs(), async () => undefined],
    ['when it comes back', () => product.stopWs(), () => product.startWs()],
  ])('ends everything, %s', async (_, before, after) => {
    const { confab, refusal } = await waitingReader();
    await before();
    await bob.api.auth.signOut();
    await after();
    expect(await refusal).toBe('UNAUTHENTICATED');
    expect(await refused(confab.send(roomId, 'too late'))).toBe('UNAUTHENTICATED');
  });
});

it('what two programs send under one client id is one message, and two under two', async () => {
  const [one, other] = [await open(ada), await open(ada)];
  const clientId = clientIdFrom('good morning', '2026-11-21');
  const sent = await Promise.all([one, other].map((each) => each.send(roomId, 'good morning', { clientId })));
  expect(sent[0]?.id).toBe(sent[1]?.id);
  expect((await one.send(roomId, 'good morning')).id).not.toBe(sent[0]?.id);
});
