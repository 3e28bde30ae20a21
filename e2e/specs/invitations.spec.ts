import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import {
  closeDetails,
  composer,
  conversationRow,
  log,
  message,
  openChat,
  openDetails,
  write,
} from '../chat.ts';
import { closed, expect, freshName, password, type Person, test } from '../people.ts';
import { sizes } from '../sizes.ts';

/** A private room, made in the browser, with one message in it. */
async function makePrivateRoom({ page }: Person, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('menuitem', { name: 'New room' }).click();
  const dialog = page.getByRole('dialog', { name: 'New room' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByText('By invitation').click();
  await dialog.getByRole('button', { name: 'Create room' }).click();
  await expect(composer(page)).toBeVisible();
  await write(page, 'Between us.');
  await expect(message(page, 'Between us.')).toBeVisible();
}

/** Makes a link in the details. @returns what was copied */
async function invite(page: Page, uses: string): Promise<string> {
  await openDetails(page);
  await page.getByRole('button', { name: 'New link' }).click();
  const dialog = page.getByRole('dialog', { name: 'New invitation link' });
  await dialog.getByLabel('Valid for').selectOption('1 day');
  await dialog.getByLabel('Lets in').selectOption(uses);
  await dialog.getByRole('button', { name: 'Create and copy' }).click();
  await expect(page.getByText('The link was copied.', { exact: true }).first()).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

for (const { name: size, device } of sizes) {
  test(`on ${size}: a private room is listed nowhere, and entered by its link`, async ({ person }) => {
    const ada = await person('ada', { ...device, permissions: ['clipboard-read', 'clipboard-write'] });
    const bob = await person('bob', { ...device, ...closed });
    const room = freshName('Chart room');
    await makePrivateRoom(ada, room);
    const link = await invite(ada.page, '1 person');
    expect(link).toMatch(/\/join#[\w-]{27}$/);
    await closeDetails(ada.page);

    await bob.page.goto('/rooms/all');
    await bob.page.getByRole('searchbox', { name: 'Find a room by the start of its name' }).fill(room);
    await expect(bob.page.getByText(`Nothing found for “${room}”.`)).toBeVisible();

    await bob.page.goto(link);
    await expect(bob.page.getByRole('heading', { name: room })).toBeVisible();
    await expect(bob.page.getByText(`${ada.name} invites you to`)).toBeVisible();
    await expect(bob.page.getByText('Private room, 1 member')).toBeVisible();
    await bob.page.getByRole('button', { name: 'Join the room' }).click();
    await expect(message(bob.page, 'Between us.')).toBeVisible();
    await write(bob.page, 'Here I am.');
    await expect(message(ada.page, 'Here I am.')).toBeVisible();
    await bob.page.goto(link);
    await expect(bob.page.getByRole('link', { name: 'Open the room' })).toBeVisible();
    await ada.page.reload();
    await openDetails(ada.page);
    await expect(ada.page.getByText(`By ${ada.name}, 1 of 1 joined`)).toBeVisible();
  });
}

test('a link that is used up, taken back or made up says the same, and lets nobody in', async ({
  person,
}) => {
  const [ada, bob, cleo] = [
    await person('ada', closed),
    await person('bob', closed),
    await person('cleo', closed),
  ];
  const name = freshName('Chart room');
  const { id } = await ada.api.rooms.create.mutate({ clientId: newClientId(), name, visibility: 'private' });
  const make = (usesMax: number | null) =>
    ada.api.invitations.create.mutate({ conversationId: id, clientId: newClientId(), usesMax });
  const [once, open] = [await make(1), await make(null)];
  await bob.api.invitations.accept.mutate({ code: once.code });
  await openChat(ada, id);
  const links = ada.page.getByRole('list', { name: 'Invitations' }).getByRole('listitem');
  await expect(links).toHaveCount(2);

  await cleo.page.goto(`/join#${open.code}`);
  await expect(cleo.page.getByRole('button', { name: 'Join the room' })).toBeVisible();
  await links
    .filter({ hasText: '0 joined' })
    .getByRole('button', { name: /^Revoke the link/ })
    .click();
  await expect(links).toHaveCount(1);
  await cleo.page.getByRole('button', { name: 'Join the room' }).click();
  await expect(cleo.page.getByText('This invitation is not valid any more.')).toBeVisible();

  for (const code of [open.code, once.code, 'x'.repeat(27), 'nonsense']) {
    await cleo.page.goto('about:blank');
    await cleo.page.goto(`/join#${code}`);
    await expect(cleo.page.getByRole('heading', { name: 'Not valid any more' })).toBeVisible();
    await expect(cleo.page.getByText(name)).toHaveCount(0);
  }
});

test('how often a link was used is told as somebody comes in by it', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Chart room');
  const { id } = await ada.api.rooms.create.mutate({ clientId: newClientId(), name, visibility: 'private' });
  const { code } = await ada.api.invitations.create.mutate({ conversationId: id, clientId: newClientId() });
  await openChat(ada, id);
  const links = ada.page.getByRole('list', { name: 'Invitations' }).getByRole('listitem');
  await expect(links).toContainText('0 joined');
  await bob.api.invitations.accept.mutate({ code });
  await expect(links).toContainText('1 joined');
});

test('a stranger signs in, or registers, and comes back to the invitation', async ({ person, stranger }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Chart room');
  const { id } = await ada.api.rooms.create.mutate({ clientId: newClientId(), name, visibility: 'private' });
  const { code } = await ada.api.invitations.create.mutate({ conversationId: id, clientId: newClientId() });

  const known = await (await stranger()).newPage();
  await known.goto(`/join#${code}`);
  await known.getByLabel('Name or email').fill(bob.name);
  await known.getByLabel('Password', { exact: true }).fill(password);
  await known.getByRole('button', { name: 'Sign in' }).click();
  await expect(known.getByRole('heading', { name })).toBeVisible();
  await known.getByRole('button', { name: 'Join the room' }).click();
  await expect(log(known).getByText(`${bob.name} joined`)).toBeVisible();
  await expect(conversationRow(known, name)).toBeVisible();

  const newcomer = await (await stranger()).newPage();
  const fresh = freshName('dmitri');
  await newcomer.goto(`/join#${code}`);
  await newcomer.getByRole('link', { name: 'Create an account' }).click();
  await newcomer.getByLabel('Name', { exact: true }).fill(fresh);
  await newcomer.getByLabel('Email').fill(`${fresh}@example.org`);
  await newcomer.getByLabel('Password', { exact: true }).fill(password);
  await newcomer.getByRole('button', { name: 'Create account' }).click();
  await expect(newcomer.getByRole('heading', { name })).toBeVisible();
});

test('a stranger sees to what they are invited, over both forms', async ({ person, stranger }) => {
  const ada = await person('ada', closed);
  const name = freshName('Chart room');
  const { id } = await ada.api.rooms.create.mutate({ clientId: newClientId(), name, visibility: 'private' });
  const { code } = await ada.api.invitations.create.mutate({ conversationId: id, clientId: newClientId() });
  const page = await (await stranger()).newPage();
  await page.goto(`/join#${code}`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('Chat that you host yourself.')).toBeVisible();
  const told = page.getByText(`${ada.name} invites you to ${name}`);
  await expect(told).toBeVisible();
  await expect(page.getByText('Private room, 1 member')).toBeVisible();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await expect(told).toBeVisible();
});

test('a stranger with a link that is not valid is told so', async ({ stranger }) => {
  const page = await (await stranger()).newPage();
  await page.goto(`/join#${'x'.repeat(27)}`);
  await expect(page.getByText('Ask whoever sent it for a new one.')).toBeVisible();
  await expect(page.getByLabel('Name or email')).toBeVisible();
});
