import {
  composer,
  confirmed,
  log,
  mark,
  message,
  messageRow,
  openChat,
  openDirect,
  openGroup,
  write,
} from '../chat.ts';
import { holdRequests } from '../hold-requests.ts';
import { lookAway, lookBack } from '../looking.ts';
import { closed, expect, freshName, test } from '../people.ts';

test('the sender sees a message sent, delivered and read, as it happens', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openDirect(ada, bob);
  await write(ada.page, 'How far am I?');
  await expect(mark(ada.page, 'How far am I?', 'sent')).toBeAttached();
  await bob.page.goto('/chats');
  await expect(mark(ada.page, 'How far am I?', 'delivered')).toBeAttached();
  await openChat(bob, id);
  await expect(mark(ada.page, 'How far am I?', 'read')).toBeAttached();
  // Nobody's own screen says how far somebody else's message got.
  await expect(messageRow(bob.page, 'How far am I?').getByText('read', { exact: true })).toHaveCount(0);
});

test('a message in a window that nobody looks at is delivered, not read', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openDirect(ada, bob);
  await openChat(bob, id);
  await lookAway(bob.page);
  await write(ada.page, 'Are you there?');
  await expect(message(bob.page, 'Are you there?')).toBeVisible();
  await expect(mark(ada.page, 'Are you there?', 'delivered')).toBeAttached();
  const held = await bob.api.conversations.get.query({ conversationId: id });
  expect(held.conversation.unread).toBe(1);
  await lookBack(bob.page);
  await expect(mark(ada.page, 'Are you there?', 'read')).toBeAttached();
});

test('a group says who has seen one’s last message; a room says nothing', async ({ person }) => {
  const [ada, bob, cleo] = [
    await person('ada', closed),
    await person('bob', closed),
    await person('cleo', closed),
  ];
  const id = await openGroup(freshName('Pier 7'), [ada, bob, cleo]);
  await lookAway(cleo.page);
  await write(ada.page, 'Noon it is.');
  const { page } = ada;
  const seen = messageRow(page, 'Noon it is.').getByRole('button', { name: /seen/i });
  await expect(seen).toHaveAccessibleName(`Seen by ${bob.name}`);
  await expect(mark(page, 'Noon it is.', 'delivered')).toBeAttached();
  await seen.click();
  const dialog = page.getByRole('dialog', { name: 'Seen by' });
  const part = (name: string) =>
    dialog.locator('section').filter({ has: page.getByRole('heading', { name }) });
  await expect(part('Read')).toContainText(bob.name);
  await expect(part('Delivered')).toContainText(cleo.name);
  await page.keyboard.press('Escape');
  await lookBack(cleo.page);
  await expect(seen).toHaveAccessibleName('Seen by everybody');
  await expect(mark(page, 'Noon it is.', 'read')).toBeAttached();
  await openChat(ada, id);
  await expect(seen).toHaveAccessibleName('Seen by everybody');
});

test('before it is known how far the others are, ticks and “Seen by” say nothing', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  await openGroup(freshName('Pier 7'), [ada, bob]);
  await write(page, 'Noon it is.');
  await expect(mark(page, 'Noon it is.', 'read')).toBeAttached();
  const release = await holdRequests(page, /conversations\.watermarks/);
  await page.reload();
  await expect(message(page, 'Noon it is.')).toBeVisible();
  await expect(page.getByText('Online', { exact: true }).first()).toBeVisible();
  await expect(confirmed(page, 'Noon it is.')).toHaveCount(0);
  const seen = messageRow(page, 'Noon it is.').getByRole('button', { name: /seen/i });
  await expect(seen).toHaveCount(0);
  await release();
  await expect(seen).toHaveAccessibleName(`Seen by ${bob.name}`);
  await expect(mark(page, 'Noon it is.', 'read')).toBeAttached();
});

test('who is typing is said under the messages, moves nothing, and is over with their message', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openDirect(ada, bob);
  await openChat(bob, id);
  await write(ada.page, 'Your turn.');
  await expect(message(bob.page, 'Your turn.')).toBeVisible();
  const line = ada.page.getByRole('main').getByText(`${bob.name} is typing`);
  const top = () => messageRow(ada.page, 'Your turn.').evaluate((row) => row.getBoundingClientRect().top);
  const before = await top();
  await composer(bob.page).pressSequentially('Mine');
  await expect(line).toBeVisible();
  expect(await top()).toBe(before);
  await composer(bob.page).press('Enter');
  await expect(message(ada.page, 'Mine')).toBeVisible();
  await expect(line).toHaveCount(0);
  // And when they stop without sending. A hint that is lost is lost: who writes for longer sends another.
  await composer(bob.page).pressSequentially('Never mind, it can wait', { delay: 300 });
  await expect(line).toBeVisible();
  await expect(line).toHaveCount(0);
  await expect(log(ada.page).getByRole('article')).toHaveCount(2);
});
