import { randomInt } from 'node:crypto';
import type { Page } from '@playwright/test';
import { closed, expect, freshName, password, test } from '../people.ts';

async function signIn(page: Page, login: string, secret = password): Promise<void> {
  await page.getByLabel('Name or email').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a wrong password and an unknown user get the same sentence', async ({ person, stranger }) => {
  const ada = await person('ada', closed);
  const page = await (await stranger()).newPage();
  for (const login of [ada.name, freshName('nobody')]) {
    await page.goto('/sign-in');
    await signIn(page, login, 'a wrong password');
    await expect(page.getByRole('main').getByRole('alert')).toHaveText('That name or password is not right.');
    await expect(page).toHaveURL('/sign-in');
  }
});

test('a taken, a look-alike and a malformed name are told while typing', async ({ person, stranger }) => {
  const digits = String(randomInt(1e8, 1e9));
  const cope = await person('cope', { ...closed, as: `cope-${digits}` });
  const page = await (await stranger()).newPage();
  await page.goto('/register');
  const name = page.getByLabel('Name', { exact: true });

  await name.fill('c');
  await expect(name).toHaveAccessibleDescription('At least 2 characters.');
  await name.fill('cope!');
  await expect(name).toHaveAccessibleDescription(/^Use letters of one alphabet/);
  await name.fill(cope.name.toUpperCase());
  await expect(name).toHaveAccessibleDescription(/ is taken/);
  // The same word in Cyrillic letters.
  await name.fill(`соре-${digits}`);
  await expect(name).toHaveAccessibleDescription(/ is taken/);
  await name.fill(`${cope.name}-too`);
  await expect(name).toHaveAccessibleDescription(`${cope.name}-too is free`);
});

test('a refusal stands at its field, and nobody is registered by it', async ({ person, stranger }) => {
  const ada = await person('ada', closed);
  const page = await (await stranger()).newPage();
  await page.goto('/register');
  const email = page.getByLabel('Email');
  const create = page.getByRole('button', { name: 'Create account' });
  const name = freshName('bob');

  await page.getByLabel('Name', { exact: true }).fill('b');
  await email.fill('bob');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await create.click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveAccessibleDescription('This is not an email address.');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    'At least 10 characters.',
  );

  await page.getByLabel('Name', { exact: true }).fill(name);
  await email.fill(ada.email.toUpperCase());
  await page.getByLabel('Password', { exact: true }).fill(password);
  await create.click();
  await expect(email).toHaveAccessibleDescription('There is an account with this email already.');
  await expect(page).toHaveURL('/register');
  expect(await ada.api.auth.nameAvailable.query({ name })).toEqual({ available: true });
});

test('a new password is judged in words while it is typed, and one that is tried first is refused', async ({
  stranger,
}) => {
  const page = await (await stranger()).newPage();
  await page.goto('/register');
  const field = page.getByLabel('Password', { exact: true });
  for (const [typed, words] of [
    ['short', 'Too short.'],
    ['password12', 'Weak: easy to guess.'],
    ['correct horse battery', 'Fair. A few more words make it good.'],
    ['correct horse battery lamp', 'Good.'],
    ['correct horse battery lamp under 7 bridges', 'Strong.'],
  ] as const) {
    await field.fill(typed);
    await expect(field).toHaveAccessibleDescription(words);
  }
  await page.getByLabel('Name', { exact: true }).fill(freshName('bob'));
  await page.getByLabel('Email').fill(`${freshName('bob')}@example.org`);
  await field.fill('Password2024!');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(field).toHaveAccessibleDescription(/^This password is among the first/);
  await expect(page).toHaveURL('/register');
});

test('a name that speaks for others is told to be taken', async ({ stranger }) => {
  const page = await (await stranger()).newPage();
  await page.goto('/register');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Admin');
  await expect(name).toHaveAccessibleDescription(/ is taken/);
});

test('one signs in by name in any case, and by email', async ({ person, stranger }) => {
  const ada = await person('ada', closed);
  for (const login of [ada.name.toUpperCase(), ada.email.toUpperCase()]) {
    const page = await (await stranger()).newPage();
    await page.goto('/sign-in');
    await signIn(page, login);
    await expect(page).toHaveURL('/chats');
    await expect(page.getByRole('heading', { name: `Good to have you here, ${ada.name}` })).toBeVisible();
  }
});

test('signing out in one tab sends the other tab back to sign in', async ({ person }) => {
  const { page, context } = await person('ada');
  const other = await context.newPage();
  await other.goto('/people');
  await expect(other.getByText('Online', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await expect(other).toHaveURL(/\/sign-in/);
});

test('an ended session and a cookie that was never ours lead to sign in, and back afterwards', async ({
  person,
}) => {
  const ada = await person('ada');
  const { page, context } = ada;
  const ended = await context.cookies();
  await ada.api.auth.signOut.mutate();
  await expect(page).toHaveURL(/\/sign-in/);
  const foreign = ended.map((cookie) => ({ ...cookie, value: 'f'.repeat(cookie.value.length) }));
  for (const cookies of [ended, foreign]) {
    await context.clearCookies();
    await context.addCookies(cookies);
    await page.goto('/people');
    await expect(page).toHaveURL('/sign-in?next=%2Fpeople');
  }
  await signIn(page, ada.name);
  await expect(page).toHaveURL('/people');
});

test('signing in leads nowhere but to this server', async ({ person, stranger }) => {
  const ada = await person('ada', closed);
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/chats',
    '/%2F/evil.example',
  ]) {
    const page = await (await stranger()).newPage();
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await signIn(page, ada.name);
    await expect(page).toHaveURL('/chats');
  }
});

test('the signed-in skip the forms', async ({ person }) => {
  const { page } = await person('ada');
  for (const form of ['/sign-in', '/register', '/sign-in?next=//evil.example']) {
    await page.goto(form);
    await expect(page).toHaveURL('/chats');
  }
});
