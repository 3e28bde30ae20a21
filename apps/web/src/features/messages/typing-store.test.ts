import { typingShownMs } from '@confab/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../../lib/client.ts';
import { TypingStore } from './typing-store.ts';

const [chat, bob, cleo] = ['c'.repeat(24), 'b'.repeat(24), 'd'.repeat(24)];

/** A server that counts what it is told, and says who is typing when the test wants. */
function createServer() {
  const told: string[] = [];
  let say: (userId: string) => void = () => undefined;
  const client = {
    live: {
      noteTyping: {
        mutate: ({ conversationId }: { conversationId: string }) => {
          told.push(conversationId);
          return Promise.resolve(null);
        },
      },
      typing: {
        subscribe: (_input: unknown, { onData }: { onData: (event: unknown) => void }) => {
          say = (userId) => {
            onData({ type: 'typing.noted', conversationId: chat, userId });
          };
          return { unsubscribe: () => undefined };
        },
      },
    },
  } as unknown as Client;
  return {
    told,
    typing: new TypingStore(client),
    say: (userId: string) => {
      say(userId);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('one who writes on is told at the beginning and then at most every few seconds', () => {
  const { told, typing } = createServer();
  for (let key = 0; key < 100; key += 1) {
    typing.write(chat);
    vi.advanceTimersByTime(100);
  }
  // 10 s of writing: at 0, 3.25, 6.5 and 9.75 s.
  expect(told).toHaveLength(4);
});

test('a few letters within the pause are told at its end, unless they were sent', () => {
  const { told, typing } = createServer();
  typing.write(chat);
  typing.write(chat);
  vi.advanceTimersByTime(10_000);
  expect(told).toHaveLength(2);
  typing.write(chat);
  typing.write(chat);
  typing.sent(chat);
  vi.advanceTimersByTime(10_000);
  expect(told).toHaveLength(3);
});

test('a hint is over after its time, with its sender’s message, and when one stops listening', () => {
  const { typing, say } = createServer();
  const stop = typing.watch(chat);
  say(bob);
  vi.advanceTimersByTime(typingShownMs - 1_000);
  say(cleo);
  expect(typing.at(chat).get()).toEqual([bob, cleo]);
  vi.advanceTimersByTime(1_000);
  expect(typing.at(chat).get()).toEqual([cleo]);
  typing.end(chat, cleo);
  expect(typing.at(chat).get()).toBeUndefined();
  say(bob);
  stop();
  expect(typing.at(chat).get()).toBeUndefined();
});
