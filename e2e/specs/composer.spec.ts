import { devices } from '@playwright/test';
import { composer, confirmed, conversationRow, log, message, openChat, openDirect, write } from '../chat.ts';
import { closed, expect, type JoinPerson, type PersonOptions, test } from '../people.ts';

/** In ada's browser, the direct chat with bob, whose browser shows nothing yet. */
async function adaWithBob(person: JoinPerson, options: PersonOptions = {}) {
  const [ada, bob] = [await person('ada', { ...closed, ...options }), await person('bob', closed)];
  return { ada, bob, conversationId: await openDirect(ada, bob) };
}

test('Enter sends, Shift+Enter breaks the line, and blanks alone are not sent', async ({ person }) => {
  const { ada } = await adaWithBob(person);
  const field = composer(ada.page);
  await field.press('Enter');
  await field.fill('  \n ');
  await field.press('Enter');
  await field.fill('one');
  await field.press('Shift+Enter');
  await field.pressSequentially('two');
  await expect(field).toHaveValue('one\ntwo');
  await field.press('Enter');
  await expect(field).toHaveValue('');
  await expect(message(ada.page, 'one\ntwo')).toHaveCount(1);
  await expect(log(ada.page).getByRole('article')).toHaveCount(1);
  await expect(field).toBeFocused();
});

test('what ends a line elsewhere breaks it here, other controls go, and what nobody sees is not sent', async ({
  person,
}) => {
  const { ada } = await adaWithBob(person);
  const field = composer(ada.page);
  await field.fill('\u200b\u{e0100}');
  await field.press('Enter');
  await expect(ada.page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await field.fill('one\u000btwo\u0007\u0085three');
  await expect(field).toHaveValue('one\ntwo\nthree');
  await field.press('Enter');
  await expect(confirmed(ada.page, 'one\ntwo\nthree')).toBeVisible();
  await expect(log(ada.page).getByRole('article')).toHaveCount(1);
});

test('Enter that ends an input method’s composition does not send', async ({ person }) => {
  const { ada } = await adaWithBob(person);
  const { page, context } = ada;
  const field = composer(page);
  const devtools = await context.newCDPSession(page);
  await field.focus();
  await devtools.send('Input.imeSetComposition', { text: 'かんじ', selectionStart: 3, selectionEnd: 3 });
  await expect(field).toHaveValue('かんじ');
  // As an input method reports it: the key is known, its code says that it was swallowed.
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await devtools.send('Input.insertText', { text: '漢字' });
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  await expect(field).toHaveValue('漢字');
  await expect(log(page).getByRole('article')).toHaveCount(0);
  await field.press('Enter');
  await expect(message(page, '漢字')).toBeVisible();
});

test('the field grows with its lines, up to eight', async ({ person }) => {
  const { ada } = await adaWithBob(person);
  const field = composer(ada.page);
  const heights: number[] = [];
  for (let lines = 1; lines <= 10; lines += 1) {
    await field.fill(Array.from({ length: lines }, (_, index) => `line ${String(index + 1)}`).join('\n'));
    heights.push(await field.evaluate((element) => element.getBoundingClientRect().height));
  }
  const growth = heights.slice(1).map((height, index) => height - (heights[index] ?? 0));
  const line = growth[0] ?? 0;
  expect(line).toBeGreaterThan(15);
  expect(growth).toEqual([...Array.from({ length: 7 }, () => line), 0, 0]);
  await expect(field).toBeInViewport({ ratio: 1 });
});

test('a text that is too long says by how much, and is not sent', async ({ person }) => {
  const { ada } = await adaWithBob(person);
  const { page } = ada;
  const field = composer(page);
  await field.fill('x'.repeat(10_001));
  await expect(page.getByText('1 character too long')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await field.press('Enter');
  await expect(field).toHaveValue('x'.repeat(10_001));
  await expect(log(page).getByRole('article')).toHaveCount(0);
  await field.press('Backspace');
  await field.press('Enter');
  await expect(message(page, 'x'.repeat(10_000))).toHaveCount(1);
});

test('a second Enter and a double click store one message', async ({ person }) => {
  const { ada, bob, conversationId } = await adaWithBob(person);
  const { page } = ada;
  await composer(page).fill('by key');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await composer(page).fill('by click');
  await page.getByRole('button', { name: 'Send' }).dblclick();
  await write(page, 'the end');
  await openChat(bob, conversationId);
  await expect(message(bob.page, 'the end')).toBeVisible();
  const { entries } = await bob.api.messages.page.query({ conversationId });
  const texts = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
  expect(texts).toEqual(['by key', 'by click', 'the end']);
});

test('what people write stays text, and only http and https become links', async ({ person }) => {
  const { ada, bob, conversationId } = await adaWithBob(person);
  const markup = '<img src=x onerror="document.title=\'owned\'"> <b>bold</b>';
  for (const text of [markup, 'javascript:alert(1)', 'data:text/html,x', 'see https://example.org/a?b=c.']) {
    await write(ada.page, text);
  }
  await openChat(bob, conversationId);
  for (const { page } of [ada, bob]) {
    await expect(message(page, markup)).toBeVisible();
    await expect(message(page, 'javascript:alert(1)')).toBeVisible();
    const links = log(page).getByRole('link');
    await expect(links).toHaveCount(1);
    await expect(links).toHaveAttribute('href', 'https://example.org/a?b=c');
    await expect(links).toHaveAttribute('rel', /noopener/);
    await expect(log(page).locator('img, b')).toHaveCount(0);
    await expect(page).not.toHaveTitle('owned');
  }
});

test('each conversation keeps its own draft', async ({ person }) => {
  const [ada, bob, cleo] = [await person('ada'), await person('bob', closed), await person('cleo', closed)];
  for (const other of [cleo, bob]) await ada.api.conversations.openDirect.mutate({ userId: other.id });
  const { page } = ada;
  const field = composer(page);
  await conversationRow(page, bob.name).click();
  await field.fill('half a sentence for bob');
  await conversationRow(page, cleo.name).click();
  await expect(page.getByRole('heading', { level: 1, name: cleo.name })).toBeVisible();
  await expect(field).toHaveValue('');
  await expect(conversationRow(page, bob.name)).toContainText('Draft: half a sentence for bob');
  await field.fill('and for cleo');
  await conversationRow(page, bob.name).click();
  await expect(field).toHaveValue('half a sentence for bob');
  await conversationRow(page, cleo.name).click();
  await expect(field).toHaveValue('and for cleo');
});

test('on touch Enter breaks the line, and the button sends', async ({ person }) => {
  const { viewport, userAgent, hasTouch, isMobile } = devices['Pixel 7'];
  const { ada } = await adaWithBob(person, { viewport, userAgent, hasTouch, isMobile });
  const { page } = ada;
  await composer(page).tap();
  await composer(page).pressSequentially('one');
  await composer(page).press('Enter');
  await composer(page).pressSequentially('two');
  await expect(composer(page)).toHaveValue('one\ntwo');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(message(page, 'one\ntwo')).toBeVisible();
  await expect(composer(page)).toBeFocused();
});
