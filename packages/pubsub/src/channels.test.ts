import { createLog } from '@confab/log';
import { describe, expect, test, vi } from 'vitest';
import { Channels } from './channels.ts';
import { unavailable, type RedisConnection } from './redis-connection.ts';

const read = (message: string) => ({ event: message, raw: message });

/** Lets everything run that needs nothing but promises. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A connection whose answers come when the test says so: the order of a race is written down, not hoped for. */
function scriptedConnection() {
  const sent: string[] = [];
  const answers: { confirm: () => void; fail: () => void }[] = [];
  /** What the connection calls; filled in by whoever listens to it. */
  const on: Record<'ready' | 'lost', () => void> & { message: (channel: string, message: string) => void } = {
    ready: () => undefined,
    lost: () => undefined,
    message: () => undefined,
  };
  const send =
    (command: string) =>
    (...names: string[]) => {
      sent.push(`${command} ${names.join(' ')}`);
      return new Promise<void>((resolve, reject) =>
        answers.push({ confirm: resolve, fail: () => reject(unavailable()) }),
      );
    };
  const redis = {
    on: (_: 'message', listener: typeof on.message) => (on.message = listener),
    subscribe: send('SUBSCRIBE'),
    unsubscribe: send('UNSUBSCRIBE'),
  };
  const connection = {
    redis,
    state: () => 'ready',
    run: (commands: (client: typeof redis) => Promise<unknown>) => commands(redis),
    onReady: (listener: () => void) => (on.ready = listener),
    onLost: (listener: () => void) => (on.lost = listener),
    close: () => Promise.resolve(),
  } as unknown as RedisConnection;
  const next = async (outcome: 'confirm' | 'fail') => {
    await settled();
    answers.shift()?.[outcome]();
    await settled();
  };
  return {
    channels: new Channels(connection, createLog({ service: 'test', level: 'silent' })),
    sent,
    on,
    next,
  };
}

async function withOneSubscription() {
  const scripted = scriptedConnection();
  scripted.on.ready();
  const subscribed = scripted.channels.subscribe('c', read, vi.fn());
  await scripted.next('confirm');
  return { ...scripted, leave: await subscribed };
}

describe('races on one channel', () => {
  test('a subscription is not in place before Redis has confirmed it', async () => {
    const { channels, next } = scriptedConnection();
    const inPlace = vi.fn();
    void channels.subscribe('c', read, vi.fn()).then(inPlace);
    await settled();
    expect(inPlace).not.toHaveBeenCalled();
    await next('confirm');
    expect(inPlace).toHaveBeenCalledTimes(1);
  });

  test('who leaves while the channel is being restored is unsubscribed when it is', async () => {
    const { leave, sent, on, next } = await withOneSubscription();
    on.lost();
    on.ready();
    await settled();
    const left = leave();
    await next('confirm');
    await next('confirm');
    await left;
    expect(sent).toEqual(['SUBSCRIBE c', 'SUBSCRIBE c', 'UNSUBSCRIBE c']);
  });

  test('who arrives while the last one leaves is subscribed after the UNSUBSCRIBE, not before', async () => {
    const { channels, leave, sent, next } = await withOneSubscription();
    const left = leave();
    const arrived = channels.subscribe('c', read, vi.fn());
    await next('confirm');
    await next('confirm');
    await Promise.all([left, arrived]);
    expect(sent.at(-1)).not.toBe('UNSUBSCRIBE c');
  });

  test('who arrives right after the first of two that left at once keeps hearing', async () => {
    const { channels, leave, next, on } = await withOneSubscription();
    const leaveToo = await channels.subscribe('c', read, vi.fn());
    const listener = vi.fn();
    const arrived = leave().then(() => channels.subscribe('c', read, listener));
    const left = leaveToo();
    await next('confirm');
    await next('confirm');
    await Promise.all([left, arrived]);
    on.message('c', 'hello');
    expect(listener).toHaveBeenCalledWith('hello', 'hello');
  });

  test('a confirmation that outlives its connection is none', async () => {
    const { channels, sent, on, next } = scriptedConnection();
    on.ready();
    const resubscribed = vi.fn();
    channels.onResubscribed(resubscribed);
    const subscribed = channels.subscribe('c', read, vi.fn());
    await settled();
    on.lost();
    await next('confirm');
    await subscribed;
    on.ready();
    await settled();
    expect([sent, resubscribed.mock.calls.length]).toEqual([['SUBSCRIBE c', 'SUBSCRIBE c'], 0]);
    await next('confirm');
    expect(resubscribed).toHaveBeenCalledTimes(1);
  });

  test('a subscription that Redis refuses is asked for again, and whoever waits hears when it is there', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { channels, sent, on, next } = scriptedConnection();
    on.ready();
    const resubscribed = vi.fn();
    channels.onResubscribed(resubscribed);
    const listener = vi.fn();
    const subscribed = channels.subscribe('c', read, listener);
    await next('fail');
    await subscribed;
    expect(channels.state()).toBe('away');
    vi.advanceTimersByTime(1_000);
    await next('confirm');
    on.message('c', 'hello');
    expect([sent.length, resubscribed.mock.calls.length, listener.mock.calls.length]).toEqual([2, 1, 1]);
    vi.useRealTimers();
  });

  test('a loss is told once, however many attempts to come back fail', async () => {
    const { channels, on } = await withOneSubscription();
    const lost = vi.fn();
    channels.onLost(lost);
    for (let i = 0; i < 3; i++) on.lost();
    expect(lost).toHaveBeenCalledTimes(1);
  });

  test('a channel that could not be restored is tried again, and nobody hears of it before', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { channels, sent, on, next } = await withOneSubscription();
    const resubscribed = vi.fn();
    channels.onResubscribed(resubscribed);
    on.lost();
    on.ready();
    await next('fail');
    expect([resubscribed.mock.calls.length, channels.state()]).toEqual([0, 'away']);
    vi.advanceTimersByTime(1_000);
    await next('confirm');
    expect([resubscribed.mock.calls.length, channels.state()]).toEqual([1, 'ready']);
    expect(sent).toEqual(['SUBSCRIBE c', 'SUBSCRIBE c', 'SUBSCRIBE c']);
    vi.useRealTimers();
  });
});
