import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import { composer, conversationRow, openDirect, send } from '../chat.ts';
import { closed, expect, freshName, type Person, test } from '../people.ts';
import { sizes } from '../sizes.ts';

const finder = (page: Page) => page.getByRole('searchbox', { name: 'Find a conversation' });
const list = (page: Page) => page.getByRole('list', { name: 'Chats' });

async function makeGroup({ api }: Person, name: string, people: readonly Person[]): Promise<string> {
  const group = { clientId: newClientId(), name, userIds: people.map(({ id }) => id) };
  return (await api.conversations.createGroup.mutate(group)).id;
}

for (const { name, device } of sizes) {
  test(`unread messages show on the tab while another list is open, on ${name}`, async ({ person }) => {
    const [ada, bob] = [await person('ada', { ...device, ...closed }), await person('bob', closed)];
    const conversationId = await openDirect(ada, bob);
    const { page } = ada;
    await page.goto('/people');
    const tab = page
      .getByRole('navigation')
      .getByRole('link', { name: /^Chats/ })
      .filter({ visible: true });
    await expect(tab).toHaveAccessibleName('Chats');
    await send(bob, conversationId, 'one');
    await expect(tab).toHaveAccessibleName(/1 unread message$/);
    await send(bob, conversationId, 'two');
    await page.goto('/rooms');
    await expect(tab).toHaveAccessibleName(/2 unread messages$/);
  });
}

test('a part of a name, in any spelling, finds a chat; Enter opens it, and the field is empty again', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const [lodz, pier] = [freshName('Łódź Smørrebrød'), freshName('Pier rollout')];
  await makeGroup(ada, lodz, [bob]);
  await makeGroup(ada, pier, [bob]);
  const { page } = ada;
  await page.goto('/chats');
  await expect(conversationRow(page, pier)).toBeVisible();

  await finder(page).fill('rebrod lodz');
  await expect(list(page).getByRole('link')).toHaveCount(1);
  await finder(page).press('ArrowDown');
  await expect(list(page).getByRole('link').first()).toBeFocused();
  await finder(page).fill('roll');
  await expect(conversationRow(page, lodz)).toHaveCount(0);
  await finder(page).press('Enter');
  await expect(composer(page)).toHaveAccessibleName(new RegExp(pier));
  await expect(finder(page)).toHaveValue('');
  await expect(conversationRow(page, lodz)).toBeVisible();
});

test('on a phone, Back from a chat finds the list where it was', async ({ person }) => {
  const phone = sizes[0]?.device;
  const [ada, bob] = [await person('ada', { ...phone, ...closed }), await person('bob', closed)];
  for (let index = 0; index < 20; index += 1)
    await makeGroup(ada, freshName(`Group ${String(index)}`), [bob]);
  const { page } = ada;
  await page.goto('/chats');
  const rows = list(page).getByRole('link');
  await expect(rows.first()).toBeVisible();
  const row = list(page).getByRole('link', { name: /^Group 4-/ });
  await row.scrollIntoViewIfNeeded();
  const top = async () => Math.round((await row.boundingBox())?.y ?? Number.NaN);
  const before = await top();
  await row.click();
  await expect(composer(page)).toBeVisible();
  await page.goBack();
  await expect(row).toBeInViewport();
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
});
