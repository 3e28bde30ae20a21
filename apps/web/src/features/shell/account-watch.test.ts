import { ConfabError } from '@confab/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../../lib/client.ts';
import { AccountWatch } from './account-watch.ts';

interface Question {
  answer(): Promise<void>;
  refuse(error: Error): Promise<void>;
}

let asked: Question[];
let heard: string[];
let watch: AccountWatch;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  asked = [];
  heard = [];
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const query = () =>
    new Promise<void>((resolve, reject) => {
      asked.push({
        answer: () => (resolve(), settled()),
        refuse: (error) => (reject(error), settled()),
      });
    });
  watch = new AccountWatch({
    client: { auth: { me: { query } } } as unknown as Pick<Client, 'auth'>,
    onSame: () => undefined,
    onOther: () => heard.push('other'),
    onRevoked: () => heard.push('revoked'),
    onExpired: () => heard.push('expired'),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['another account', new ConfabError('OTHER_ACCOUNT'), 'other'],
  ['a session that somebody ended', new ConfabError('UNAUTHENTICATED', { sessionRevoked: true }), 'revoked'],
])('%s is told', async (_, error, verdict) => {
  watch.hasChanged();
  await asked[0]?.refuse(error);
  expect(heard).toEqual([verdict]);
});

test('no session, or one that expired, is told when it is so a moment later, too', async () => {
  watch.hasChanged();
  await asked[0]?.refuse(new ConfabError('UNAUTHENTICATED'));
  expect([asked.length, heard]).toEqual([1, []]);
  vi.advanceTimersByTime(1_500);
  await asked[1]?.refuse(new ConfabError('UNAUTHENTICATED'));
  expect(heard).toEqual(['expired']);
});

test('somebody else who signs in is told, though their cookie comes after the end of the session', async () => {
  watch.hasChanged();
  await asked[0]?.refuse(new ConfabError('UNAUTHENTICATED'));
  vi.advanceTimersByTime(1_500);
  await asked[1]?.refuse(new ConfabError('OTHER_ACCOUNT'));
  expect(heard).toEqual(['other']);
});

test('an answer changes nothing, and one that does not come says nothing', async () => {
  watch.hasChanged();
  await asked[0]?.answer();
  for (const error of [
    new Error('the network'),
    new ConfabError('UNAVAILABLE'),
    new ConfabError('RATE_LIMITED'),
  ]) {
    watch.hasChanged();
    await asked.at(-1)?.refuse(error);
  }
  expect([asked.length, heard]).toEqual([4, []]);
});

test('what happens while a question is under way is asked about once more', async () => {
  for (let i = 0; i < 3; i += 1) watch.hasChanged();
  expect(asked).toHaveLength(1);
  await asked[0]?.answer();
  expect(asked).toHaveLength(2);
  await asked[1]?.answer();
  expect(asked).toHaveLength(2);
});

test('sockets that are lost in a row are one reason in 5 s', async () => {
  for (let i = 0; i < 3; i += 1) {
    watch.mayHaveChanged();
    await asked.at(-1)?.answer();
  }
  expect(asked).toHaveLength(1);
  vi.advanceTimersByTime(5_000);
  watch.mayHaveChanged();
  expect(asked).toHaveLength(2);
});
