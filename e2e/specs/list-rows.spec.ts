import type { Page } from '@playwright/test';
import {
  chooseOption,
  composer,
  confirmed,
  conversationRow,
  messageRow,
  openChat,
  openDetails,
  openDirect,
  openGroup,
  send,
  write,
} from '../chat.ts';
import { tap } from '../line.ts';
import { lookAway } from '../looking.ts';
import { closed, expect, freshName, test } from '../people.ts';

/** The headings and the names of the list, from top to bottom. */
const listed = (page: Page) =>
  page
    .getByRole('list', { name: 'Chats' })
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => item.querySelector('h2, bdi')?.textContent ?? ''));

test('one’s own last message says so in a group, before and after it is stored; in a direct chat it does not', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Pier 7');
  await openGroup(name, [ada, bob]);
  await write(ada.page, 'Noon it is.');
  await expect(conversationRow(ada.page, name)).toContainText('You: Noon it is.');
  await expect(confirmed(ada.page, 'Noon it is.')).toBeAttached();
  await expect(conversationRow(ada.page, name)).toContainText('You: Noon it is.');
  await expect(conversationRow(bob.page, name)).toContainText(`${ada.name}: Noon it is.`);
  await openDirect(ada, bob);
  await write(ada.page, 'Just us.');
  await expect(conversationRow(ada.page, bob.name)).toContainText('Just us.');
  await expect(conversationRow(ada.page, bob.name)).not.toContainText('You:');
});

test('pinned and unread conversations stand above the others; what is read stays until another is opened', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const names = ['Pinned', 'Muted', 'Fresh', 'Quiet'].map((name) => freshName(name));
  const [pinned = '', muted = '', fresh = '', quiet = ''] = names;
  const ids = new Map<string, string>();
  for (const name of names) ids.set(name, await openGroup(name, [ada, bob]));
  const { page } = ada;
  expect(await listed(page)).toEqual(names.toReversed());
  await chooseOption(page, pinned, 'Pin');
  await chooseOption(page, muted, 'Mute');
  for (const name of [muted, fresh]) await send(bob, ids.get(name) ?? '', 'hello');
  await expect.poll(() => listed(page)).toEqual(['Pinned', pinned, 'Unread', fresh, 'Earlier', muted, quiet]);

  await conversationRow(page, fresh).click();
  await expect(messageRow(page, 'hello')).toBeVisible();
  await expect(conversationRow(page, fresh)).not.toContainText('unread');
  expect(await listed(page)).toEqual(['Pinned', pinned, 'Unread', fresh, 'Earlier', muted, quiet]);
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('heading', { level: 1, name: muted })).toBeVisible();
  await expect.poll(() => listed(page)).toEqual(['Pinned', pinned, 'Earlier', fresh, muted, quiet]);

  // What is looked for is one list.
  await page.getByRole('searchbox', { name: 'Find a conversation' }).fill(quiet);
  await expect.poll(() => listed(page)).toEqual([quiet]);
});

test('the last conversation is open again where there is room beside the list, and nowhere after leaving it', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Pier 7');
  const { page } = ada;
  await openDirect(ada, bob);
  const id = await openGroup(name, [ada, bob]);
  await page.goto('/chats');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(composer(page)).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/chats/${id}`);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/chats');
  await expect(conversationRow(page, name)).toBeVisible();
  await expect(composer(page)).toHaveCount(0);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect(page.getByRole('heading', { name: 'Nothing open' })).toBeVisible();

  const line = await tap(page);
  await page.goto('/chats');
  await openDetails(page);
  // The device still holds the row when the page is loaded again.
  line.swallow('conversation.left');
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing open' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Nothing open' })).toBeVisible();
});

test('signing out forgets which conversation was open', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  await openDirect(ada, bob);
  const kept = () => ada.page.evaluate(() => JSON.stringify(localStorage));
  await expect.poll(kept).toContain(ada.id);
  await ada.page.getByRole('button', { name: 'Settings' }).click();
  await ada.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(ada.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(await kept()).not.toContain(ada.id);
});

test('of a run of one’s own messages the last carries the mark, the others under the pointer', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openDirect(ada, bob);
  await openChat(bob, id);
  await lookAway(bob.page);
  const { page } = ada;
  for (const text of ['one', 'two', 'three']) {
    await write(page, text);
    await expect(confirmed(page, text)).toBeAttached();
  }
  const opacity = (text: string) =>
    confirmed(page, text).evaluate((mark) => {
      let all = 1;
      for (let at = mark.parentElement; at && at.role !== 'article'; at = at.parentElement) {
        all *= Number(getComputedStyle(at).opacity);
      }
      return all;
    });
  await composer(page).hover();
  expect(await Promise.all(['one', 'two', 'three'].map(opacity))).toEqual([0, 0, 1]);
  await messageRow(page, 'two').hover();
  await expect.poll(() => Promise.all(['one', 'two', 'three'].map(opacity))).toEqual([0, 1, 1]);
});

test('the composer begins at its edge, and a long name takes one line there', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  await openDirect(ada, bob);
  const size = () => composer(page).evaluate((field) => field.getBoundingClientRect().height);
  const before = await size();
  const inset = await composer(page).evaluate((field) => {
    const frame = field.parentElement?.parentElement ?? field;
    return field.getBoundingClientRect().left - frame.getBoundingClientRect().left;
  });
  expect(inset).toBeLessThanOrEqual(16);
  await openGroup(`The committee for ${'very '.repeat(6)}long names`, [ada, bob]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(composer(page)).toBeVisible();
  expect(await size()).toBe(before);
});

test('members come before what is set, and the way out stands last', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  await openGroup(freshName('Pier 7'), [ada, bob]);
  await openDetails(page);
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('switch')).toBeVisible();
  const top = async (name: string | RegExp, role: 'button' | 'heading') =>
    (await details.getByRole(role, { name }).boundingBox())?.y ?? NaN;
  const tops = [
    await top('Mute', 'button'),
    await top(/^Members/, 'heading'),
    await top('Settings', 'heading'),
    await top('Leave', 'button'),
  ];
  expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  expect((tops[3] ?? 0) - (tops[0] ?? 0)).toBeGreaterThan(200);

  await openDirect(ada, bob);
  await openDetails(page);
  await expect(details.getByText('In common')).toBeVisible();
  expect((await top('Block…', 'button')) - (await top('Mute', 'button'))).toBeGreaterThan(200);
});
