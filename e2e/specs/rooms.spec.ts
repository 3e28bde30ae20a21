import { randomBytes } from 'node:crypto';
import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import {
  composer,
  conversationRow,
  log,
  lostNote,
  message,
  openChat,
  openDetails,
  openGroup,
  send,
  write,
} from '../chat.ts';
import { closed, expect, freshName, type Person, test } from '../people.ts';
import { sizes } from '../sizes.ts';

const inDirectory = (page: Page, room: string) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: room });

const findRoom = (page: Page, prefix: string) =>
  page.getByRole('searchbox', { name: 'Find a room by the start of its name' }).fill(prefix);

/** A room of ada's with one message in it, over HTTP. */
async function makeRoom(ada: Person): Promise<{ id: string; name: string }> {
  const name = freshName('Harbour');
  const { id } = await ada.api.rooms.create.mutate({ clientId: newClientId(), name });
  await send(ada, id, 'Welcome aboard.');
  return { id, name };
}

for (const { name: size, device } of sizes) {
  test(`on ${size}: a room is made, found by its name, joined with its history, left and joined again`, async ({
    person,
  }) => {
    const [ada, bob] = [
      await person('ada', { ...device, ...closed }),
      await person('bob', { ...device, ...closed }),
    ];
    const room = freshName('Harbour');

    await test.step('ada makes it and writes', async () => {
      await ada.page.goto('/rooms/all');
      await ada.page.getByRole('button', { name: 'New room' }).filter({ visible: true }).click();
      const dialog = ada.page.getByRole('dialog', { name: 'New room' });
      await dialog.getByLabel('Name').fill(room);
      await dialog.getByLabel('Topic').fill('Ships, coming and going');
      await dialog.getByRole('button', { name: 'Create room' }).click();
      await expect(composer(ada.page)).toBeFocused();
      await write(ada.page, 'Welcome aboard.');
      await expect(message(ada.page, 'Welcome aboard.')).toBeVisible();
    });

    await test.step('bob finds it by the start of its name, and joins: what was written before is there', async () => {
      await bob.page.goto('/rooms/all');
      await findRoom(bob.page, room.toUpperCase());
      await expect(inDirectory(bob.page, room)).toHaveCount(1);
      await expect(inDirectory(bob.page, room)).toContainText('Ships, coming and going');
      await expect(inDirectory(bob.page, room)).toContainText('1 member, active just now');
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
      await openDetails(bob.page);
      await bob.page.getByRole('button', { name: 'Leave' }).click();
      await bob.page
        .getByRole('dialog', { name: `Leave ${room}?` })
        .getByRole('button', { name: 'Leave' })
        .click();
      await expect(composer(bob.page)).toHaveCount(0);
      await bob.page.goto('/chats');
      await expect(
        bob.page.getByText(/Your conversations will be listed here|No messages yet/).first(),
      ).toBeAttached();
      await expect(conversationRow(bob.page, room)).toHaveCount(0);
      await expect(log(ada.page).getByText(`${bob.name} left`)).toBeVisible();
    });

    await test.step('he joins again and writes', async () => {
      await bob.page.goto('/rooms/all');
      await findRoom(bob.page, room);
      await inDirectory(bob.page, room).getByRole('button', { name: 'Join' }).click();
      await write(bob.page, 'Back again.');
      await expect(message(ada.page, 'Back again.')).toBeVisible();
    });
  });
}

test('the owner removes somebody, who may come back, and bans somebody, who may when the ban is lifted', async ({
  person,
}) => {
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
    await expect(lostNote(bob.page, name)).toBeVisible();
    await expect(message(bob.page, 'Welcome aboard.')).toHaveCount(0);
    await expect(conversationRow(bob.page, name)).toHaveCount(0);
    await bob.page.goto('/rooms/all');
    await findRoom(bob.page, name);
    await inDirectory(bob.page, name).getByRole('button', { name: 'Join' }).click();
  };

  await dismiss('Remove');
  await expect(message(bob.page, 'Welcome aboard.')).toBeVisible();
  await dismiss('Ban');
  await expect(bob.page.getByText('You were banned from this room.', { exact: true })).toBeVisible();
  await expect(log(ada.page).getByText(`${ada.name} banned ${bob.name}`)).toBeVisible();
  await ada.page.getByRole('button', { name: `Lift the ban of ${bob.name}` }).click();
  await expect(log(ada.page).getByText(`${ada.name} lifted the ban of ${bob.name}`)).toBeVisible();
  await expect(ada.page.getByRole('heading', { name: 'Banned' })).toHaveCount(0);
  await inDirectory(bob.page, name).getByRole('button', { name: 'Join' }).click();
  await expect(message(bob.page, 'Welcome aboard.')).toBeVisible();
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

test('slow mode: the time left runs down, writing goes on, and what is sent too early waits', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { id } = await makeRoom(ada);
  await bob.api.rooms.join.mutate({ conversationId: id });
  await openChat(ada, id);
  await openChat(bob, id);
  await ada.page.getByLabel('Slow mode').selectOption('One message in 5 seconds');
  await expect(log(bob.page).getByText(`${ada.name} turned on slow mode: 5 seconds`)).toBeVisible();

  await write(bob.page, 'The first.');
  await expect(bob.page.getByRole('timer')).toBeVisible();
  await expect(message(ada.page, 'The first.')).toBeVisible();
  await composer(bob.page).fill('The second.');
  await composer(bob.page).press('Enter');
  await expect(composer(bob.page)).toHaveValue('The second.');
  await expect(bob.page.getByRole('timer')).toHaveCount(0);
  await composer(bob.page).press('Enter');
  await expect(message(ada.page, 'The second.')).toBeVisible();

  // From another device, which knows nothing of the first one's clock: refused, and told when.
  await expect(send(bob, id, 'The third.')).rejects.toThrow('Slow mode');
  await write(ada.page, 'Once.');
  await write(ada.page, 'And at once again.');
  await expect(message(bob.page, 'And at once again.')).toBeVisible();
  await ada.page.getByLabel('Slow mode').selectOption('Off');
  await expect(log(bob.page).getByText('turned off slow mode')).toBeVisible();
  await expect(bob.page.getByRole('timer')).toHaveCount(0);
});

/** Answers for the server that a room has this many members, a hundred a page; everything else is the server's. */
async function crowd(page: Page, count: number): Promise<void> {
  const member = (index: number) => ({
    user: { id: index.toString(16).padStart(24, '0'), name: `sailor-${String(index)}`, lastSeenAt: null },
    role: 'member',
    silencedUntil: null,
    joinedAt: new Date(0).toISOString(),
  });
  await page.route(/members\.list/, async (route) => {
    const url = new URL(route.request().url());
    const inputs = JSON.parse(url.searchParams.get('input') ?? '{}') as Record<string, { cursor?: string }>;
    const response = await route.fetch();
    const answers = (await response.json()) as unknown[];
    const calls = url.pathname.slice('/api/trpc/'.length).split(',');
    const faked = answers.map((answer, call) => {
      if (calls[call] !== 'members.list') return answer;
      const from = Number(inputs[call]?.cursor ?? 0);
      const members = Array.from({ length: Math.min(100, count - from) }, (_, index) => member(from + index));
      return { result: { data: { members, nextCursor: from + 100 < count ? String(from + 100) : null } } };
    });
    await route.fulfill({ response, json: faked });
  });
}

test('of thousands of members those in view are drawn, and more come as one scrolls', async ({ person }) => {
  const ada = await person('ada', closed);
  const { id } = await makeRoom(ada);
  await crowd(ada.page, 10_000);
  await openChat(ada, id);
  const members = ada.page.getByRole('list', { name: 'Members' }).getByRole('listitem');
  await expect(members.first()).toContainText('sailor-0');
  expect(await members.count()).toBe(8);
  await ada.page.getByRole('button', { name: /^All [\d,]+ members$/ }).click();
  await expect(ada.page.getByRole('button', { name: 'Back' })).toBeFocused();
  const last = ada.page.getByRole('button', { name: /^sailor-212\b/ });
  await expect(async () => {
    await members.last().scrollIntoViewIfNeeded();
    await expect(last).toBeVisible({ timeout: 50 });
  }).toPass();
  expect(await members.count()).toBeLessThan(60);
  await last.click();
  await expect(ada.page.getByRole('dialog', { name: 'Profile' })).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await ada.page.getByRole('button', { name: 'Back' }).click();
  await expect(ada.page.getByRole('button', { name: /^All [\d,]+ members$/ })).toBeFocused();
});
