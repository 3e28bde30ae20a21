import { ConfabError } from '@confab/contract';
import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { ConversationFetch } from './conversation-fetch.ts';
import { Epoch } from './epoch.ts';

test('who asks once is told, though the answer to the first question was dropped', async () => {
  const refuse: (() => void)[] = [];
  const lost: string[] = [];
  const fetch = new ConversationFetch({
    clock: systemClock,
    epoch: new Epoch(
      () => true,
      () => undefined,
    ),
    ask: () =>
      new Promise<never>((_, reject) => {
        refuse.push(() => {
          reject(new ConfabError('NOT_FOUND'));
        });
      }),
    found: () => undefined,
    lost: (id) => lost.push(id),
  });
  const told = fetch.once('pier');
  fetch.cancel('pier');
  refuse[0]?.();
  await expect.poll(() => refuse.length).toBe(2);
  refuse[1]?.();
  await expect(told).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(lost).toEqual(['pier']);
});
