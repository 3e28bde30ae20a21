import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import {
  conversationRow,
  divider,
  log,
  markAllRead,
  message,
  messageTexts,
  openChat,
  openDirect,
  openList,
  send,
  settled,
} from '../chat.ts';
import { lookAway, lookBack } from '../looking.ts';
import { openPast } from '../past.ts';
import { closed, expect, freshName, test } from '../people.ts';

const badge = (page: Page, name: string, count: string) =>
  conversationRow(page, name).getByText(count, { exact: true });

test('unread messages are counted in the list and the title, and read by looking, in every tab', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada'), await person('bob', closed)];
  const { page } = ada;
  const { id } = await bob.api.conversations.openDirect.mutate({ userId: ada.id });
  for (const text of ['one', 'two', 'three']) await send(bob, id, text);
  await expect(badge(page, bob.name, '3')).toBeVisible();
  await expect(conversationRow(page, bob.name)).toContainText('3 unread messages');
  await expect(page).toHaveTitle('(3) Confab');
  const other = await ada.context.newPage();
  await other.goto('/people');
  await expect(other).toHaveTitle('(3) Confab');

  await conversationRow(page, bob.name).click();
  await expect(message(page, 'three')).toBeVisible();
  for (const tab of [page, other]) await expect(tab).toHaveTitle('Confab', { timeout: 2_000 });
  await expect(badge(page, bob.name, '3')).toHaveCount(0);

  await lookAway(page);
  await send(bob, id, 'four');
  await expect(message(page, 'four')).toBeVisible();
  for (const tab of [page, other]) await expect(tab).toHaveTitle('(1) Confab');
  await lookBack(page);
  for (const tab of [page, other]) await expect(tab).toHaveTitle('Confab');
});

test('a conversation opens where the new messages begin; the line stays during the visit', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  const id = await openDirect(ada, bob);
  await send(bob, id, 'read before');
  await expect(message(page, 'read before')).toBeVisible();
  await expect
    .poll(async () => (await ada.api.conversations.get.query({ conversationId: id })).conversation.unread)
    .toBe(0);
  await openList(page);
  await expect(conversationRow(page, bob.name)).toBeVisible();
  await using past = await openPast();
  const start = Date.now();
  await past.append(
    id,
    Array.from({ length: 130 }, (_, index) => ({
      sender: bob,
      text: `new ${String(index + 1)}`,
      at: new Date(start + index),
    })),
  );
  await expect(badge(page, bob.name, '99+')).toBeVisible();
  await conversationRow(page, bob.name).click();
  await expect(divider(page)).toBeInViewport();
  await expect(message(page, 'new 1')).toBeInViewport({ ratio: 1 });
  await expect(message(page, 'new 130')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^\d+ new messages$/ })).toBeVisible();
  expect((await messageTexts(page)).indexOf('new 1')).toBe(1);
  const unread = async () =>
    (await ada.api.conversations.get.query({ conversationId: id })).conversation.unread;
  await expect.poll(unread).toBeGreaterThan(80);

  await page.getByRole('button', { name: /new messages$/ }).click();
  await expect(message(page, 'new 130')).toBeInViewport({ ratio: 1 });
  await expect.poll(unread).toBe(0);
  await expect(badge(page, bob.name, '99+')).toHaveCount(0);
  await send(bob, id, 'and one more');
  await expect(message(page, 'and one more')).toBeInViewport({ ratio: 1 });
  await expect.poll(unread).toBe(0);
  await log(page).evaluate((list) => {
    list.scrollTop = 0;
  });
  await expect(divider(page)).toHaveCount(1);
  await openList(page);
  await openChat(ada, id);
  await expect(message(page, 'and one more')).toBeInViewport({ ratio: 1 });
  await expect(divider(page)).toHaveCount(0);
});

test('what a window shows that nobody looks at is not read', async ({ person }) => {
  const [ada, bob] = [await person('ada'), await person('bob', closed)];
  const { page } = ada;
  const { id } = await bob.api.conversations.openDirect.mutate({ userId: ada.id });
  await send(bob, id, 'one');
  await expect(conversationRow(page, bob.name)).toBeVisible();
  await lookAway(page);
  await conversationRow(page, bob.name).click();
  await expect(message(page, 'one')).toBeVisible();
  await expect(divider(page)).toBeVisible();
  await send(bob, id, 'two');
  await expect(message(page, 'two')).toBeVisible();
  await expect(page).toHaveTitle('(2) Confab');
  await lookBack(page);
  await expect(page).toHaveTitle('Confab');
  await expect(divider(page)).toBeVisible();
});

test('what was read just before the page is left is read everywhere', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  const { id } = await ada.api.rooms.create.mutate({ clientId: newClientId(), name: freshName('room') });
  await bob.api.rooms.join.mutate({ conversationId: id });
  const readSeq = async () =>
    (await ada.api.conversations.get.query({ conversationId: id })).conversation.readSeq;
  const seqOf = async (text: string) => {
    const { entries } = await bob.api.messages.page.query({ conversationId: id });
    return entries.find((entry) => entry.kind === 'message' && entry.text === text)?.rev;
  };
  await openChat(ada, id);
  await send(bob, id, 'one');
  const one = await seqOf('one');
  await expect.poll(readSeq).toBe(one);
  // A room's next mark would be told in three seconds.
  await send(bob, id, 'two');
  await expect(message(page, 'two')).toBeInViewport({ ratio: 1 });
  await expect(page).toHaveTitle('Confab');
  await page.goto('about:blank');
  const two = await seqOf('two');
  await expect.poll(readSeq).toBe(two);
});

test('older messages that come while it opens do not lead away from where the new ones begin', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  const { id } = await ada.api.conversations.openDirect.mutate({ userId: bob.id });
  await using past = await openPast();
  const start = Date.now() - 100_000;
  await past.append(
    id,
    Array.from({ length: 130 }, (_, index) => ({
      sender: bob,
      text: `old ${String(index + 1)}, ${'and so on '.repeat((index * 7) % 20)}`,
      at: new Date(start + index),
    })),
  );
  await markAllRead(ada, id);
  for (const text of ['new one', 'new two']) await send(bob, id, text);
  // So tall that most of the newest page is drawn, and the page before it is asked for at once.
  await page.setViewportSize({ width: 1280, height: 2_000 });
  const older = page.waitForResponse(/messages\.page.*before/);
  await page.goto(`/chats/${id}`);
  await older;
  await expect(divider(page)).toBeInViewport();
  await settled(log(page));
  await expect(message(page, 'new two')).toBeInViewport({ ratio: 1 });
});
