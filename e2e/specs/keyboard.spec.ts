import {
  composer,
  conversationRow,
  log,
  messageRow,
  openChat,
  openDetails,
  openDirect,
  openGroup,
  reaction,
  send,
} from '../chat.ts';
import { closed, expect, freshName, test } from '../people.ts';
import { sizes } from '../sizes.ts';

test('the first stop leads past the list', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  await openDirect(ada, bob);
  const { page } = ada;
  await page.goto('/people');
  await expect(page.getByRole('list', { name: 'People' })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('[role=complementary]'))).toBeNull();
  await expect(skip).not.toBeInViewport();
});

test('a conversation of the list is one stop; arrows lead to its options and to the next row', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const [lower, upper] = [freshName('Lower'), freshName('Upper')];
  await openGroup(lower, [ada, bob]);
  await openGroup(upper, [ada, bob]);
  const { page } = ada;
  await conversationRow(page, upper).focus();
  await page.keyboard.press('Tab');
  await expect(conversationRow(page, lower)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(conversationRow(page, upper)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: `Options for ${upper}` })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(conversationRow(page, upper)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(conversationRow(page, lower)).toBeFocused();
});

test('opening goes on in the composer, leaving in the list', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const [kept, left] = [freshName('Kept'), freshName('Left')];
  await openGroup(kept, [ada, bob]);
  await openGroup(left, [ada, bob]);
  const { page } = ada;
  await conversationRow(page, kept).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: `Message ${kept}` })).toBeFocused();
  await conversationRow(page, left).click();
  await expect(page.getByRole('textbox', { name: `Message ${left}` })).toBeFocused();

  await openDetails(page);
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).press('Enter');
  await expect(conversationRow(page, left)).toHaveCount(0);
  const inSide = () => page.evaluate(() => document.activeElement?.closest('[role=complementary]') !== null);
  await expect.poll(inSide).toBe(true);
  await page.keyboard.press('Tab');
  await expect(conversationRow(page, kept)).toBeFocused();
});

for (const { name: size, device } of sizes.filter(({ name }) => name === 'a phone')) {
  test(`on ${size}: Back leads into the list`, async ({ person }) => {
    const [ada, bob] = [await person('ada', { ...device, ...closed }), await person('bob', closed)];
    const name = freshName('Pier 7');
    await openGroup(name, [ada, bob]);
    await ada.page.goto('/chats');
    await conversationRow(ada.page, name).click();
    await expect(composer(ada.page)).toBeVisible();
    await ada.page.getByRole('link', { name: 'Back' }).click();
    await expect(conversationRow(ada.page, name)).toBeVisible();
    const inMain = () =>
      ada.page.evaluate(() =>
        document.activeElement?.closest('[role=main]')?.contains(document.activeElement),
      );
    await expect.poll(inMain).toBe(true);
  });
}

test('Enter picks in a new group: the first found, and whoever is called exactly so before all', async ({
  person,
}) => {
  const name = freshName('bo');
  const [ada, longer] = [await person('ada'), await person('', { as: `${name}by` })];
  const exact = await person('', { as: name, path: null });
  const { page } = ada;
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('menuitem', { name: 'New group' }).click();
  const dialog = page.getByRole('dialog', { name: 'New group' });
  const field = dialog.getByLabel('People');
  // As fast as a test types: before the answer is there.
  await field.fill(name);
  await field.press('Enter');
  await expect(dialog.getByRole('button', { name: `Remove ${exact.name}`, exact: true })).toBeVisible();
  await expect(field).toHaveValue('');
  await field.fill(`${name}b`);
  await expect(dialog.getByRole('checkbox')).toHaveCount(1);
  await field.press('Enter');
  await expect(dialog.getByRole('button', { name: `Remove ${longer.name}` })).toBeVisible();
  await expect(dialog).toBeVisible();
});

test('a message of somebody else is reacted to by the keyboard, whatever stands in it', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openGroup(freshName('Pier 7'), [ada, bob]);
  const { page } = ada;
  await openChat(ada, id);
  const text = 'See the table';
  await send(bob, id, text);
  await expect(messageRow(page, text)).toBeVisible();
  await composer(page).focus();
  await page.keyboard.press('Shift+Tab');
  await expect(log(page)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(messageRow(page, text)).toBeFocused();
  const react = messageRow(page, text).getByRole('button', { name: 'React', exact: true });
  for (const stop of [messageRow(page, text).getByRole('button', { name: bob.name }), react]) {
    await page.keyboard.press('Tab');
    await expect(stop).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemcheckbox').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reaction(page, text, '👍 1')).toBeVisible();
});

test('the composer has the ring for a key that led there, and none for a press or for typing', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  await openDirect(ada, bob);
  const { page } = ada;
  const outlines = () =>
    composer(page).evaluate((field) => {
      const widths: string[] = [];
      for (let at: Element | null = field; at && at.tagName !== 'MAIN'; at = at.parentElement) {
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        if (outlineStyle !== 'none' && outlineWidth !== '0px') widths.push(outlineWidth);
      }
      return widths;
    });
  await composer(page).click();
  expect(await outlines()).toEqual([]);
  await composer(page).pressSequentially('quiet');
  expect(await outlines()).toEqual([]);
  await page.keyboard.press('Shift+Tab');
  await expect(log(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(composer(page)).toBeFocused();
  await expect.poll(outlines).toEqual(['2px']);
  await composer(page).pressSequentially(' again');
  expect(await outlines()).toEqual([]);
});
