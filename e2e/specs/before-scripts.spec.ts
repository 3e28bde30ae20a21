import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import { holdRequests } from '../hold-requests.ts';
import { closed, expect, freshName, password, test } from '../people.ts';

const login = (page: Page) => page.getByLabel('Name or email');
const name = (page: Page) => page.getByLabel('Name', { exact: true });
const email = (page: Page) => page.getByLabel('Email');
const secret = (page: Page) => page.getByLabel('Password', { exact: true });
const why = (page: Page) => page.getByRole('main').getByRole('alert');

const scripts = /\.js($|\?)/;

/** Every address that a page asks for, query included. */
function addresses(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => seen.push(request.url()));
  page.on('framenavigated', (frame) => seen.push(frame.url()));
  return seen;
}

function expectNoPassword(seen: readonly string[]): void {
  const isTold = (url: string) => url.includes('password') || url.includes(encodeURIComponent(password));
  expect(seen.filter(isTold)).toEqual([]);
}

test.describe('without scripts', () => {
  const noScripts = { javaScriptEnabled: false };

  test('one registers, and a refusal keeps everything but the password', async ({ person, stranger }) => {
    const ada = await person('ada', closed);
    const page = await (await stranger(noScripts)).newPage();
    const seen = addresses(page);
    const fresh = freshName('mira');
    await page.goto('/register?next=/people');
    await name(page).fill(ada.name);
    await email(page).fill(`${fresh}@example.org`);
    await secret(page).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(name(page)).toHaveAccessibleDescription(
      `${ada.name} is taken, or too easily mistaken for a name that is.`,
    );
    await expect(name(page)).toHaveValue(ada.name);
    await expect(email(page)).toHaveValue(`${fresh}@example.org`);
    await expect(secret(page)).toHaveValue('');

    await name(page).fill(fresh);
    await secret(page).fill('short');
    await secret(page).press('Enter');
    await expect(secret(page)).toHaveAttribute('aria-invalid', 'true');
    await secret(page).fill(password);
    await secret(page).press('Enter');
    await expect(page).toHaveURL('/people');
    expectNoPassword(seen);
    await page.goto('/sign-in');
    await expect(page).toHaveURL('/chats');
  });

  test('one signs in, with the limits and sentences of the page’s scripts', async ({ person, stranger }) => {
    const ada = await person('ada', closed);
    const page = await (await stranger(noScripts)).newPage();
    const seen = addresses(page);
    await page.goto('/sign-in?next=/rooms/all');
    await secret(page).press('Enter');
    await expect(login(page)).toHaveAccessibleDescription('Your name or email.');
    await login(page).fill(ada.name);
    await secret(page).fill('not her password');
    await secret(page).press('Enter');
    await expect(why(page)).toHaveText('That name or password is not right.');
    await expect(login(page)).toHaveValue(ada.name);
    await expect(secret(page)).toHaveValue('');
    await expect(page).toHaveURL('/sign-in?next=/rooms/all');
    await secret(page).fill(password);
    await secret(page).press('Enter');
    await expect(page).toHaveURL('/rooms/all');
    expectNoPassword(seen);
  });

  test('guesses are limited', async ({ person, stranger }) => {
    const ada = await person('ada', closed);
    const page = await (await stranger(noScripts)).newPage();
    await page.goto('/sign-in');
    // Guesses may come back while they are made; that some are refused is what this is about.
    for (let guess = 0; guess < 12; guess += 1) {
      await login(page).fill(ada.name);
      await secret(page).fill('a guess of somebody');
      await secret(page).press('Enter');
      await expect(why(page)).toBeVisible();
      if ((await why(page).textContent()) === 'Too many attempts. Please wait a little.') return;
    }
    throw new Error('twelve guesses were looked at');
  });

  test('the way back leads nowhere but to this server', async ({ person, stranger }) => {
    const ada = await person('ada', closed);
    const page = await (await stranger(noScripts)).newPage();
    await page.goto(`/sign-in?next=${encodeURIComponent('//evil.example')}`);
    await login(page).fill(ada.name);
    await secret(page).fill(password);
    await secret(page).press('Enter');
    await expect(page).toHaveURL('/chats');
  });
});

test.describe('before the scripts', () => {
  test('Enter signs in, and nothing stands in an address', async ({ person, stranger }) => {
    const ada = await person('ada', closed);
    const page = await (await stranger()).newPage();
    const seen = addresses(page);
    const release = await holdRequests(page, scripts);
    await page.goto('/sign-in?next=/people', { waitUntil: 'commit' });
    await login(page).fill(ada.name);
    await secret(page).fill(password);
    await secret(page).press('Enter');
    await expect(page).toHaveURL('/people');
    await release();
    await expect(page.getByText('Online', { exact: true }).first()).toBeVisible();
    expectNoPassword(seen);
  });

  test('control: a form that is not posted puts the password there', async ({ person, stranger }) => {
    const ada = await person('ada', closed);
    const page = await (await stranger()).newPage();
    const seen = addresses(page);
    await holdRequests(page, scripts);
    await page.goto('/sign-in', { waitUntil: 'commit' });
    await login(page).fill(ada.name);
    await secret(page).fill(password);
    await page.locator('form').evaluate((form: HTMLFormElement) => {
      form.method = 'get';
    });
    await secret(page).press('Enter');
    await expect.poll(() => seen.some((url) => url.includes('password='))).toBe(true);
  });

  test('Enter registers, too', async ({ stranger }) => {
    const page = await (await stranger()).newPage();
    const seen = addresses(page);
    const release = await holdRequests(page, scripts);
    const fresh = freshName('mira');
    await page.goto('/register', { waitUntil: 'commit' });
    await name(page).fill(fresh);
    await email(page).fill(`${fresh}@example.org`);
    await secret(page).fill(password);
    await secret(page).press('Enter');
    await expect(page).toHaveURL('/chats');
    await release();
    await expect(page.getByRole('heading', { name: `Good to have you here, ${fresh}` })).toBeVisible();
    expectNoPassword(seen);
  });

  test('what was typed counts once they are there', async ({ stranger }) => {
    const page = await (await stranger()).newPage();
    const release = await holdRequests(page, scripts);
    const fresh = freshName('mira');
    await page.goto('/register', { waitUntil: 'commit' });
    await name(page).fill(fresh);
    await email(page).fill(`${fresh}@example.org`);
    await secret(page).fill(password);
    await release();
    // The scripts are there, and know the name that nobody has typed since.
    await expect(name(page)).toHaveAccessibleDescription(`${fresh} is free`);
    await expect(email(page)).toHaveValue(`${fresh}@example.org`);
    await expect(secret(page)).toHaveValue(password);
    const posted = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Create account' }).click();
    expect(new URL((await posted).url()).pathname).toBe('/api/trpc/auth.register');
    await expect(page).toHaveURL('/chats');
  });

  test('an invitation is not lost on the way', async ({ person, stranger }) => {
    const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
    const room = freshName('Chart room');
    const { id } = await ada.api.rooms.create.mutate({
      clientId: newClientId(),
      name: room,
      visibility: 'private',
    });
    const { code } = await ada.api.invitations.create.mutate({ conversationId: id, clientId: newClientId() });
    const page = await (await stranger()).newPage();
    const release = await holdRequests(page, scripts);
    await page.goto(`/join#${code}`, { waitUntil: 'commit' });
    await login(page).fill(bob.name);
    await secret(page).fill(password);
    await secret(page).press('Enter');
    await expect(page).toHaveURL(`/join#${code}`);
    await release();
    await expect(page.getByRole('heading', { name: room })).toBeVisible();
  });
});
