import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import { closed, expect, type Person, signInElsewhere, test } from '../people.ts';

const devices = (page: Page) => page.getByRole('list', { name: 'Signed-in devices' }).getByRole('listitem');
const why = 'You were signed out here, or from another device. Sign in to go on.';

test('each device is listed and can be signed out: its pages go to sign in and say why', async ({
  person,
  stranger,
}) => {
  const ada = await person('ada', { path: '/you' });
  await expect(devices(ada.page)).toHaveCount(1);
  await expect(devices(ada.page)).toContainText('This one');
  await expect(ada.page.getByRole('button', { name: 'Sign out everywhere else' })).toHaveCount(0);
  const userAgent =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1';
  const phone = await signInElsewhere(await stranger({ userAgent }), ada);
  const laptop = await signInElsewhere(await stranger(), ada);
  for (const page of [phone, laptop]) await page.goto('/chats');

  await ada.page.reload();
  await expect(devices(ada.page)).toHaveCount(3);
  await ada.page.getByRole('button', { name: 'Sign out Safari on iPhone' }).click();
  await expect(phone).toHaveURL(/\/sign-in/);
  await expect(phone.getByText(why)).toBeVisible();
  await expect(devices(ada.page)).toHaveCount(2);
  await expect(laptop).toHaveURL('/chats');

  await ada.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(laptop).toHaveURL(/\/sign-in/);
  await expect(ada.page.getByText('1 device was signed out.', { exact: true })).toBeVisible();
  await expect(devices(ada.page)).toHaveCount(1);
  await expect(ada.page).toHaveURL('/you');
});

test('a changed password ends every other session, and only the new one signs in', async ({
  person,
  stranger,
}) => {
  const ada: Person = await person('ada', { path: '/you' });
  const { page } = ada;
  const phone = await signInElsewhere(await stranger(), ada);
  await phone.goto('/chats');
  const current = page.getByLabel('Current password', { exact: true });
  const next = page.getByLabel('New password', { exact: true });
  const change = page.getByRole('button', { name: 'Change password' });

  await current.fill('not my password');
  await next.fill('short');
  await change.click();
  await expect(next).toHaveAccessibleDescription('At least 10 characters');
  await next.fill('a better one entirely');
  await change.click();
  await expect(current).toHaveAccessibleDescription('That is not your password.');
  await expect(phone).toHaveURL('/chats');

  await current.fill('correct horse battery');
  await change.click();
  await expect(page.getByText('Your password was changed.', { exact: true })).toBeVisible();
  await expect(current).toHaveValue('');
  await expect(phone).toHaveURL(/\/sign-in/);
  await expect(page).toHaveURL('/you');
  await phone.getByLabel('Name or email').fill(ada.name);
  await phone.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await expect(phone.getByText('That name or password is not right.')).toBeVisible();
  await phone.getByLabel('Password', { exact: true }).fill('a better one entirely');
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await expect(phone).toHaveURL('/chats');
});

test('whom only people can add to whom they have written is told so, and stays so', async ({ person }) => {
  const ada = await person('ada', { path: '/you' });
  const eve = await person('eve', closed);
  const contacts = ada.page.getByRole('radio', { name: /^Only people you have written to/ });
  await expect(ada.page.getByRole('radio', { name: 'Everyone' })).toBeChecked();
  const group = (clientId: string) => ({ clientId, name: 'Boat trip', userIds: [ada.id] });
  await eve.api.conversations.createGroup.mutate(group(newClientId()));

  await contacts.check();
  await expect.poll(async () => (await ada.api.auth.me.query()).addableBy).toBe('contacts');
  await ada.page.reload();
  await expect(contacts).toBeChecked();
  await expect(eve.api.conversations.createGroup.mutate(group(newClientId()))).rejects.toThrow(
    /added only by people to whom they have written/,
  );
});
