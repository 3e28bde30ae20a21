import {
  composer,
  confirmed,
  log,
  mark,
  message,
  messageRow,
  messageTexts,
  openChat,
  openDirect,
  write,
} from '../chat.ts';
import { tap } from '../line.ts';
import { closed, expect, test } from '../people.ts';

test('a message is on screen before the server has answered, and says how far it is', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const line = await tap(ada.page);
  const conversationId = await openDirect(ada, bob);
  await expect(ada.page.getByText('Online', { exact: true }).first()).toBeVisible();
  line.hold();
  await write(ada.page, 'Already here.');
  await expect(messageRow(ada.page, 'Already here.')).toContainText('sending');
  const before = await bob.api.messages.page.query({ conversationId });
  expect(before.entries).toEqual([]);

  line.release();
  await expect(confirmed(ada.page, 'Already here.')).toBeAttached();
  await expect(message(ada.page, 'Already here.')).toHaveCount(1);
});

test('a lost connection is told within 5 s; what is written meanwhile arrives once and in order', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const line = await tap(ada.page);
  const conversationId = await openDirect(ada, bob);
  await write(ada.page, 'before');
  await expect(confirmed(ada.page, 'before')).toBeAttached();
  await bob.page.goto(`/chats/${conversationId}`);
  await expect(message(bob.page, 'before')).toBeVisible();

  await line.cut();
  const banner = ada.page.getByText('You are offline.');
  await expect(banner).toBeVisible({ timeout: 5_000 });
  for (const text of ['first', 'second', 'third']) await write(ada.page, text);
  await write(bob.page, 'meanwhile');
  for (const text of ['first', 'second', 'third']) {
    await expect(messageRow(ada.page, text)).toContainText('Waiting for the connection');
  }
  await expect(message(ada.page, 'meanwhile')).toHaveCount(0);
  await expect(message(bob.page, 'first')).toHaveCount(0);

  line.mend();
  await expect(banner).toHaveCount(0);
  const all = ['before', 'meanwhile', 'first', 'second', 'third'];
  for (const { page } of [ada, bob]) await expect.poll(() => messageTexts(page)).toEqual(all);
  await expect(confirmed(ada.page, 'third')).toBeAttached();
});

test('a refused message says so, and can be tried again, edited and deleted', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const line = await tap(bob.page);
  const conversationId = await openDirect(ada, bob);
  await openChat(bob, conversationId);
  // A tower of marks is nothing that the server takes for text.
  const tower = '\u0301'.repeat(9);
  const [retried, edited, deleted] = [`try${tower}again`, `edit${tower}me`, `delete${tower}me`];
  for (const text of [retried, edited, deleted]) {
    await write(bob.page, text);
    await expect(messageRow(bob.page, text).getByRole('alert')).toContainText('Not sent:');
  }
  line.hold();
  await messageRow(bob.page, retried).getByRole('button', { name: 'Retry' }).click();
  await expect(mark(bob.page, retried, 'sending')).toBeAttached();
  await expect(messageRow(bob.page, retried).getByRole('alert')).toHaveCount(0);
  line.release();
  await expect(messageRow(bob.page, retried).getByRole('alert')).toContainText('Not sent:');
  await messageRow(bob.page, deleted).getByRole('button', { name: 'Delete' }).click();
  await expect(message(bob.page, deleted)).toHaveCount(0);

  await messageRow(bob.page, edited).getByRole('button', { name: 'Edit' }).click();
  await expect(message(bob.page, edited)).toHaveCount(0);
  await expect(composer(bob.page)).toHaveValue(edited);
  await expect(composer(bob.page)).toBeFocused();
  await composer(bob.page).fill('edited');
  await composer(bob.page).press('Enter');
  await expect(message(ada.page, 'edited')).toHaveCount(1);
  await expect(log(ada.page).getByRole('article')).toHaveCount(1);
});
