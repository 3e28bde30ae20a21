import { randomBytes } from 'node:crypto';
import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import { composer, conversationRow, log, message, openChat, openGroup, send, write } from '../chat.ts';
import { closed, expect, freshName, type Person, test } from '../people.ts';

const inDirectory = (page: Page, room: string) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: room });

/** A room of ada's with one message in it, over HTTP. */
async function makeRoom(ada: Person): Promise<{ id: string; name: string }> {
  const name = freshName('Harbour');
  const { id } = await ada.api.rooms.create.mutate({ clientId: newClientId(), name });
  await send(ada, id, 'Welcome aboard.');
  return { id, name };
}

test('a room is made, found, joined with its history, left and joined again', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const room = freshName('Harbour');

  await test.step('ada makes it and writes', async () => {
    await ada.page.goto('/rooms/all');
    await ada.page.getByRole('button', { name: 'New room' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'New room' });
    await dialog.getByLabel('Name').fill(room);
    await dialog.getByLabel('Topic').fill('Ships, coming and going');
    await dialog.getByRole('button', { name: 'Create room' }).click();
    await expect(composer(ada.page)).toBeFocused();
    await write(ada.page, 'Welcome aboard.');
    await expect(message(ada.page, 'Welcome aboard.')).toBeVisible();
  });

  await test.step('bob finds it and joins: what was written before is there', async () => {
    await bob.page.goto('/rooms/all');
    await expect(inDirectory(bob.page, room)).toContainText('Ships, coming and going');
    await inDirectory(bob.page, room).getByRole('button', { name: 'Join' }).click();
    await expect(message(bob.page, 'Welcome aboard.')).toBeVisible();
    await expect(composer(bob.page)).toBeFocused();
    await expect(log(ada.page).getByText(`${bob.name} joined`)).toBeVisible();
  });

  await test.step('they see each other’s messages', async () => {
    await write(bob.page, 'Glad to be here.');
    await expect(message(ada.page, 'Glad to be here.')).toBeVisible();
    await write(ada.page, 'Glad to have you.');
    await expect(message(bob.page, 'Glad to have you.')).toBeVisible();
  });

  await test.step('bob leaves: it is gone from his list', async () => {
    await bob.page.getByRole('button', { name: 'Leave' }).click();
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await expect(composer(bob.page)).toHaveCount(0);
    await bob.page.goto('/chats');
    await expect(bob.page.getByText('Your conversations will be listed here.')).toBeVisible();
    await expect(conversationRow(bob.page, room)).toHaveCount(0);
    await expect(log(ada.page).getByText(`${bob.name} left`)).toBeVisible();
  });

  await test.step('he joins again and writes', async () => {
    await bob.page.goto('/rooms/all');
    await inDirectory(bob.page, room).getByRole('button', { name: 'Join' }).click();
    await write(bob.page, 'Back again.');
    await expect(message(ada.page, 'Back again.')).toBeVisible();
  });
});

test('the owner removes somebody, who may come back, and bans somebody, who may not', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { id, name } = await makeRoom(ada);
  await bob.api.rooms.join.mutate({ conversationId: id });
  await openChat(ada, id);
  await openChat(bob, id);
  const dismiss = async (how: 'Remove' | 'Ban') => {
    await ada.page.getByRole('button', { name: `Actions for ${bob.name}` }).click();
    await ada.page.getByRole('menuitem', { name: how }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: how }).click();
    await expect(ada.page.getByRole('dialog')).toHaveCount(0);
    await expect(bob.page.getByRole('heading', { name: 'Not here' })).toBeVisible();
    await expect(message(bob.page, 'Welcome aboard.')).toHaveCount(0);
    await expect(conversationRow(bob.page, name)).toHaveCount(0);
    await bob.page.goto('/rooms/all');
    await inDirectory(bob.page, name).getByRole('button', { name: 'Join' }).click();
  };

  await dismiss('Remove');
  await expect(message(bob.page, 'Welcome aboard.')).toBeVisible();
  await dismiss('Ban');
  await expect(bob.page.getByText('You were banned from this room.', { exact: true })).toBeVisible();
  await expect(log(ada.page).getByText(`${ada.name} banned ${bob.name}`)).toBeVisible();
});

test('a conversation of others looks exactly like one that does not exist', async ({ person }) => {
  const [ada, bob, cleo] = [
    await person('ada', closed),
    await person('bob', closed),
    await person('cleo', closed),
  ];
  const group = await openGroup(freshName('Group'), [ada, bob]);
  await send(ada, group, 'Only for bob.');
  const { id: direct } = await ada.api.conversations.openDirect.mutate({ userId: bob.id });
  const { id: room } = await makeRoom(ada);

  const seen = new Set<string>();
  for (const id of [randomBytes(12).toString('hex'), group, direct, room, 'no-id-at-all']) {
    await cleo.page.goto(`/chats/${id}`);
    await expect(cleo.page.getByRole('heading', { name: 'Not here' })).toBeVisible();
    seen.add(await cleo.page.getByRole('main').innerText());
  }
  expect(seen.size).toBe(1);
});
