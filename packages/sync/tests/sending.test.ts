import { ConfabError } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { conversation, Desk, message, messages, pageOf, reaction } from './manual-transport.ts';

const room = 'room';
let desk: Desk;

beforeEach(async () => {
  desk = new Desk();
  await desk.connect(conversation(room, 2));
  await desk.openTimeline(room, messages(1, 2));
});

function outgoing() {
  const { items } = desk.sync.timeline(room).get();
  return items.flatMap((item) => (item.type === 'outgoing' ? [item.message] : []))[0];
}

async function answerWith(rev: number): Promise<void> {
  const call = desk.take('send');
  await call.answer({ epoch: 'epoch', entry: message(rev, 'ada', call.input.clientId) });
}

describe('a message sent', () => {
  test('shows at once and becomes the stored entry under the same key, by the answer or the event', async () => {
    const first = desk.sync.send(room, 'one');
    expect(desk.shown(room)).toEqual([1, 2, 'sending']);
    await desk.settled();
    await answerWith(3);
    const second = await desk.send(room, 'two');
    await desk.entries(room, message(4, 'ada', second));
    await answerWith(4);
    expect(desk.shown(room)).toEqual([1, 2, 3, 4]);
    expect(desk.keys(room).slice(2)).toEqual([first, second]);
  });

  test('goes out after the one before it, one under way at a time', async () => {
    await desk.send(room, 'one');
    await desk.send(room, 'two');
    expect(desk.underWay).toEqual(['send']);
    await answerWith(3);
    expect(desk.underWay).toEqual(['send']);
    expect(desk.shown(room)).toEqual([1, 2, 3, 'sending']);
  });

  test('in another conversation waits for nobody', async () => {
    await desk.send(room, 'one');
    await desk.send('elsewhere', 'two');
    expect(desk.underWay).toEqual(['send', 'send']);
  });

  test('stays where it is while what lies before it is pulled', async () => {
    await desk.send(room, 'one');
    await answerWith(4);
    expect(desk.shown(room)).toEqual([1, 2, 4]);
    const entry = message(4, 'ada', desk.keys(room)[2]);
    await desk.take('pull').answer({ epoch: 'epoch', from: 1, more: false, entries: [message(3), entry] });
    expect(desk.shown(room)).toEqual([1, 2, 3, 4]);
  });

  test('to a timeline that was not opened opens nothing', async () => {
    await desk.send('closed', 'one');
    expect(desk.underWay).toEqual(['send']);
    expect(desk.sync.timeline('closed').get().status).toBe('idle');
  });

  test('is previewed in the list until it is stored', async () => {
    const clientId = await desk.send(room, 'one');
    expect(desk.sync.conversation(room).get()?.preview).toMatchObject({ type: 'outgoing', key: clientId });
    await answerWith(3);
    expect(desk.sync.conversation(room).get()?.preview).toMatchObject({ type: 'entry', key: clientId });
  });
});

describe('without an answer', () => {
  test('for 10 s it is not confirmed, and goes out again under the same client id', async () => {
    const clientId = await desk.send(room, 'one');
    expect(desk.take('send').input.clientId).toBe(clientId);
    await desk.clock.advance(9_999);
    expect(desk.shown(room)).toEqual([1, 2, 'sending']);
    await desk.clock.advance(1);
    expect(desk.shown(room)).toEqual([1, 2, 'unconfirmed']);
    expect(desk.take('send').input.clientId).toBe(clientId);
  });

  test('a late answer to the first attempt counts', async () => {
    await desk.send(room, 'one');
    const first = desk.take('send');
    await desk.clock.advance(10_000);
    await first.answer({ epoch: 'epoch', entry: message(3, 'ada', first.input.clientId) });
    expect(desk.shown(room)).toEqual([1, 2, 3]);
  });

  test('a late refusal of the first attempt says nothing', async () => {
    await desk.send(room, 'one');
    const first = desk.take('send');
    await desk.clock.advance(10_000);
    await first.refuse(new ConfabError('FORBIDDEN'));
    expect(desk.shown(room)).toEqual([1, 2, 'unconfirmed']);
  });

  test('a cut leaves it unconfirmed; it goes out again when the connection is back', async () => {
    const clientId = await desk.send(room, 'one');
    await desk.send(room, 'two');
    desk.take('send');
    await desk.cut();
    expect(desk.shown(room)).toEqual([1, 2, 'unconfirmed', 'sending']);
    await desk.clock.advance(60_000);
    expect(desk.underWay).toEqual([]);
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    expect(desk.take('send').input.clientId).toBe(clientId);
  });
});

test('a message that an older page shows stored is confirmed by it', async () => {
  await desk.connect(conversation('busy', 9));
  await desk.openTimeline('busy', messages(8, 9));
  const clientId = await desk.send('busy', 'one');
  desk.sync.loadOlder('busy');
  await desk.take('page').answer(pageOf([...messages(1, 6), message(7, 'ada', clientId)]));
  expect(desk.shown('busy')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

describe('a refusal', () => {
  test('that stands fails the message alone; retry keeps its client id, discard gives its text back', async () => {
    const clientId = await desk.send(room, 'one');
    await desk.send(room, 'two');
    await desk.take('send').refuse(new ConfabError('FORBIDDEN'));
    expect(desk.shown(room)).toEqual([1, 2, 'failed', 'sending']);
    await answerWith(3);
    expect(desk.shown(room)).toEqual([1, 2, 3, 'failed']);
    desk.sync.retry(room, clientId);
    await desk.settled();
    const again = desk.take('send');
    expect(again.input.clientId).toBe(clientId);
    expect(desk.sync.discard(room, clientId)).toBeNull();
    await again.refuse(new ConfabError('BAD_INPUT'));
    expect(desk.sync.discard(room, clientId)).toBe('one');
    expect(desk.shown(room)).toEqual([1, 2, 3]);
  });

  test('for now is tried again when the server said, and otherwise within 5 s', async () => {
    await desk.send(room, 'one');
    await desk.take('send').refuse(new ConfabError('RATE_LIMITED', { retryAfterMs: 3_000 }));
    expect(desk.shown(room)).toEqual([1, 2, 'sending']);
    await desk.clock.advance(2_999);
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(1);
    for (let failures = 0; failures < 8; failures += 1) {
      await desk.take('send').refuse(new Error('reset'));
      await desk.clock.advance(5_000);
    }
    await answerWith(3);
    expect(desk.shown(room)).toEqual([1, 2, 3]);
  });

  test.each(['SILENCED', 'BLOCKED'] as const)(
    '%s stands, with its sentence; by hand it goes out again',
    async (code) => {
      const clientId = await desk.send(room, 'one');
      const sentence = 'Not now.';
      await desk.take('send').refuse(new ConfabError(code, { message: sentence, retryAfterMs: 60_000 }));
      expect(outgoing()).toMatchObject({
        state: 'failed',
        error: { code, message: sentence, retryAt: new Date(desk.clock.now() + 60_000).toISOString() },
      });
      await desk.clock.advance(120_000);
      expect(desk.underWay).toEqual([]);
      desk.sync.retry(room, clientId);
      await desk.settled();
      await answerWith(3);
      expect(desk.shown(room)).toEqual([1, 2, 3]);
    },
  );

  test('for slow mode waits as long as it takes, says so, and keeps the order', async () => {
    await desk.send(room, 'one');
    await desk.send(room, 'two');
    await desk.take('send').refuse(new ConfabError('SLOW_MODE', { retryAfterMs: 60_000 }));
    const retryAt = new Date(desk.clock.now() + 60_000).toISOString();
    expect(outgoing()).toMatchObject({ state: 'sending', error: { code: 'SLOW_MODE', retryAt } });
    await desk.clock.advance(59_999);
    // Nobody waits for an answer: it is not called unconfirmed, and not sent once more.
    expect([desk.underWay, desk.shown(room)]).toEqual([[], [1, 2, 'sending', 'sending']]);
    await desk.clock.advance(1);
    expect(outgoing()).toMatchObject({ state: 'sending', error: null });
    await answerWith(3);
    expect(desk.take('send').input.text).toBe('two');
  });

  test('for slow mode is forgotten with a cut, and met again after it; unanswered it is unconfirmed as ever', async () => {
    await desk.send(room, 'one');
    await desk.take('send').refuse(new ConfabError('SLOW_MODE', { retryAfterMs: 60_000 }));
    await desk.cut();
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    await desk.take('send').refuse(new ConfabError('SLOW_MODE', { retryAfterMs: 30_000 }));
    await desk.clock.advance(30_000);
    desk.take('send');
    await desk.clock.advance(10_000);
    expect(desk.shown(room)).toEqual([1, 2, 'unconfirmed']);
  });

  test('for slow mode of an edit holds up whatever says something new, and asks once', async () => {
    desk.sync.edit(room, 'entry-2', 'other words');
    await desk.settled();
    await desk.take('edit').refuse(new ConfabError('SLOW_MODE', { retryAfterMs: 60_000 }));
    await desk.send(room, 'one');
    expect(desk.underWay).toEqual([]);
    desk.sync.react(room, 'entry-2', { emoji: '👍', on: true });
    await desk.settled();
    const react = desk.take('react');
    await react.answer({
      epoch: 'epoch',
      entry: reaction(3, 2, { senderId: 'ada', clientId: react.input.clientId }),
    });
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(60_000);
    expect(desk.take('edit').input.text).toBe('other words');
  });

  test('for slow mode holds up no reaction and no deletion', async () => {
    await desk.send(room, 'one');
    await desk.take('send').refuse(new ConfabError('SLOW_MODE', { retryAfterMs: 60_000 }));
    desk.sync.react(room, 'entry-2', { emoji: '👍', on: true });
    await desk.settled();
    const react = desk.take('react');
    await desk.send(room, 'two');
    await react.answer({
      epoch: 'epoch',
      entry: reaction(3, 2, { senderId: 'ada', clientId: react.input.clientId }),
    });
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(60_000);
    expect(desk.take('send').input.text).toBe('one');
  });

  test('for slow mode can be taken back while it waits, and the next one goes out', async () => {
    const clientId = await desk.send(room, 'one');
    await desk.send(room, 'two');
    await desk.take('send').refuse(new ConfabError('SLOW_MODE', { retryAfterMs: 60_000 }));
    expect(desk.sync.discard(room, clientId)).toBe('one');
    expect(desk.take('send').input.text).toBe('two');
    expect(desk.sync.discard(room, clientId)).toBeNull();
  });

  test('of a message that an event then shows stored counts for nothing', async () => {
    const clientId = await desk.send(room, 'one');
    await desk.take('send').refuse(new ConfabError('NOT_FOUND'));
    await desk.entries(room, message(3, 'ada', clientId));
    expect(desk.shown(room)).toEqual([1, 2, 3]);
  });
});

test('stop forgets what was being sent, and its answer changes nothing', async () => {
  await desk.send(room, 'one');
  desk.sync.stop();
  await answerWith(3);
  expect(desk.shown(room)).toEqual([]);
  expect(desk.sync.conversations.get().rows).toEqual([]);
  expect([desk.underWay, desk.clock.pending]).toEqual([[], 0]);
});
