import type { Page } from '@playwright/test';
import { composer, openChat, openGroup } from '../chat.ts';
import { closed, expect, freshName, test } from '../people.ts';

const row = (page: Page, name: string) =>
  page.getByRole('list', { name: 'People' }).getByRole('button', { name });

async function find(page: Page, prefix: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Find somebody by name' }).fill(prefix);
}

test('everybody but oneself is listed, and found by the start of their name in any case', async ({
  person,
}) => {
  const prefix = freshName('p');
  const ada = await person('ada', { as: `${prefix}-ada`, path: '/people' });
  await person('bob', { ...closed, as: `${prefix}-bob` });
  await person('cleo', { ...closed, as: `${prefix}-cleo` });
  const people = ada.page.getByRole('list', { name: 'People' }).getByRole('button');

  await find(ada.page, prefix);
  await expect(people).toHaveCount(2);
  await expect(people.nth(0)).toContainText(`${prefix}-bob`);
  await expect(people.nth(1)).toContainText(`${prefix}-cleo`);
  await find(ada.page, `${prefix}-C`.toUpperCase());
  await expect(people).toHaveCount(1);
  await expect(people).toContainText(`${prefix}-cleo`);
  await find(ada.page, `${prefix}-a`);
  await expect(ada.page.getByText(`Nothing found for “${prefix}-a”.`)).toBeVisible();
});

test('those online stand first, each group by name, as they come and go', async ({ person }) => {
  const prefix = freshName('p');
  const ada = await person('ada', { as: `${prefix}-ada`, path: '/people' });
  for (const name of ['bob', 'cleo', 'dmitri']) await person(name, { ...closed, as: `${prefix}-${name}` });
  const emi = await person('emi', { as: `${prefix}-emi` });
  const people = ada.page.getByRole('list', { name: 'People' }).getByRole('button').locator('bdi');
  const inOrder = (names: readonly string[]) => names.map((name) => `${prefix}-${name}`);
  await find(ada.page, prefix);
  await expect(people).toHaveText(inOrder(['emi', 'bob', 'cleo', 'dmitri']));
  await emi.page.close();
  await expect(people).toHaveText(inOrder(['bob', 'cleo', 'dmitri', 'emi']));
});

test('the dot follows somebody who comes and goes, wherever it is shown', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const group = await openGroup(freshName('Pier 7'), [ada, bob]);
  await ada.page.goto('/people');
  await find(ada.page, bob.name);
  await expect(row(ada.page, bob.name)).toContainText('Online');

  await bob.page.close();
  await expect(row(ada.page, bob.name)).toContainText('Last seen at');
  await expect(row(ada.page, bob.name)).toContainText('offline');
  await openChat(ada, group);
  await expect(ada.page.getByText('2 members, 1 online')).toBeVisible();

  await (await bob.context.newPage()).goto('/chats');
  await expect(ada.page.getByText('2 members, 2 online')).toBeVisible();
});

test('somebody with two tabs stays online until the last one closes', async ({ person }) => {
  const [ada, bob] = [await person('ada', { path: '/people' }), await person('bob')];
  const second = await bob.context.newPage();
  await second.goto('/people');
  await find(second, ada.name);
  // Both tabs listen by now.
  await expect(row(second, ada.name)).toContainText('Online');
  await find(ada.page, bob.name);
  await expect(row(ada.page, bob.name)).toContainText('Online');
  await bob.page.close();
  // Whoever comes after that is seen: the page heard everything up to then.
  const cleo = await person('cleo');
  await find(ada.page, cleo.name);
  await expect(row(ada.page, cleo.name)).toContainText('Online');
  await find(ada.page, bob.name);
  await expect(row(ada.page, bob.name)).toContainText('Online');
  await second.close();
  await expect(row(ada.page, bob.name)).toContainText('Last seen at');
});

test('a press on somebody opens the direct chat, ready to type', async ({ person }) => {
  const [ada, bob] = [await person('ada', { path: '/people' }), await person('bob', closed)];
  await find(ada.page, bob.name);
  await row(ada.page, bob.name).click();
  await expect(composer(ada.page)).toBeFocused();
  await expect(ada.page.getByRole('heading', { level: 1, name: bob.name })).toBeVisible();
});
