import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepSubscribed, type KeptSubscription } from './keep-subscribed.ts';

type Observer = Parameters<KeptSubscription<string>['open']>[0];

let opened: Observer[];
let heard: string[];
let close: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  heard = [];
  close = keepSubscribed<string>({
    open: (observer) => {
      opened.push(observer);
      return { unsubscribe: () => heard.push('unsubscribed') };
    },
    onEvent: (event) => heard.push(event),
    onCut: () => heard.push('cut'),
    random: () => 0,
  });
});

afterEach(() => {
  close();
  vi.useRealTimers();
});

it.each([
  ['an end by the server', (observer: Observer) => observer.onComplete()],
  ['a refusal', (observer: Observer) => observer.onError(new Error('refused'))],
])('after %s it is opened once more, after a pause', (_, end) => {
  opened[0]?.onData('one');
  if (opened[0]) end(opened[0]);
  expect(opened).toHaveLength(1);
  vi.advanceTimersByTime(500);
  opened[1]?.onData('two');
  expect(heard).toEqual(['one', 'cut', 'two']);
});

it('a cut is told once, and the socket that comes back carries it on', () => {
  opened[0]?.onData('one');
  for (const state of ['connecting', 'connecting', 'pending'] as const)
    opened[0]?.onConnectionStateChange({ state });
  opened[0]?.onData('two');
  vi.runAllTimers();
  expect([opened.length, heard]).toEqual([1, ['one', 'cut', 'two']]);
});

it('closed, it is not opened any more', () => {
  opened[0]?.onError(new Error('refused'));
  close();
  opened[0]?.onComplete();
  vi.runAllTimers();
  expect([opened.length, heard]).toEqual([1, ['unsubscribed']]);
});
