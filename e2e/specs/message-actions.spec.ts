import { devices } from '@playwright/test';
import {
  chooseAction,
  composer,
  confirmed,
  log,
  message,
  messageRow,
  messageTexts,
  messageTool,
  openChat,
  openDirect,
  openGroup,
  react,
  reaction,
  send,
  write,
} from '../chat.ts';
import { tap } from '../line.ts';
import { closed, expect, freshName, type JoinPerson, test } from '../people.ts';

/** Both in their direct chat, with these messages of ada's in it. */
async function adaAndBob(person: JoinPerson, texts: readonly string[]) {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openDirect(ada, bob);
  for (const text of texts) await write(ada.page, text);
  await expect(confirmed(ada.page, texts.at(-1) ?? '')).toBeAttached();
  await openChat(bob, id);
  for (const text of texts) await expect(message(bob.page, text)).toBeVisible();
  return { ada, bob, id };
}

test('an edit is made in the composer, seen by the other without a reload, and keeps what it said before', async ({
  person,
}) => {
  const { ada, bob } = await adaAndBob(person, ['Kiosk at two.', 'Bring a hat.']);
  await composer(ada.page).fill('a draft that waits');
  await (await messageTool(ada.page, 'Kiosk at two.', 'Edit')).click();
  const field = ada.page.getByRole('textbox', { name: 'Edit message' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('Kiosk at two.');
  await expect(ada.page.getByText('Editing', { exact: true })).toBeVisible();
  await field.fill('Kiosk at three.');
  await field.press('Enter');
  await expect(composer(ada.page)).toHaveValue('a draft that waits');
  await expect(composer(ada.page)).toBeFocused();

  for (const { page } of [ada, bob]) {
    const row = log(page).getByRole('article').filter({ hasText: 'Kiosk at three.' });
    await expect(row.getByRole('button', { name: 'edited' })).toBeVisible();
    await expect(message(page, 'Kiosk at two.')).toHaveCount(0);
    await row.getByRole('button', { name: 'edited' }).click();
    const history = page.getByRole('dialog', { name: 'Edit history' });
    await expect(history.getByRole('listitem')).toHaveText([
      /^Edited .*Kiosk at three\.$/,
      /^Sent .*Kiosk at two\.$/,
    ]);
    await page.keyboard.press('Escape');
    await expect(history).toHaveCount(0);
  }
});

test('ArrowUp in an empty composer edits one’s own last message; Escape leaves it as it was', async ({
  person,
}) => {
  const { ada, bob } = await adaAndBob(person, ['first', 'second']);
  await write(bob.page, 'from bob');
  await expect(message(ada.page, 'from bob')).toBeVisible();
  await composer(ada.page).press('ArrowUp');
  const field = ada.page.getByRole('textbox', { name: 'Edit message' });
  await expect(field).toHaveValue('second');
  await field.fill('second, changed');
  await field.press('Escape');
  await expect(composer(ada.page)).toHaveValue('');
  await expect(message(ada.page, 'second')).toBeVisible();
  await composer(ada.page).fill('x');
  await composer(ada.page).press('ArrowUp');
  await expect(composer(ada.page)).toHaveValue('x');
  // An edit that changes nothing is none.
  await composer(ada.page).fill('');
  await composer(ada.page).press('ArrowUp');
  await field.press('Enter');
  await expect(composer(ada.page)).toHaveValue('');
  await expect(ada.page.getByRole('button', { name: 'edited' })).toHaveCount(0);
});

test('a deleted message is gone for both, after a question; what others wrote one cannot change', async ({
  person,
}) => {
  const { ada, bob } = await adaAndBob(person, ['regrettable', 'stays']);
  await messageRow(bob.page, 'regrettable').hover();
  const tools = messageRow(bob.page, 'regrettable').getByRole('toolbar').getByRole('button');
  await expect(tools).toHaveCount(2);
  await (await messageTool(bob.page, 'regrettable', 'More')).click();
  await expect(bob.page.getByRole('menuitem')).toHaveText(['Copy text', 'Report…']);
  await bob.page.keyboard.press('Escape');

  await chooseAction(ada.page, 'regrettable', 'Delete for everyone');
  const dialog = ada.page.getByRole('dialog', { name: 'Delete this message?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(message(ada.page, 'regrettable')).toBeVisible();
  await chooseAction(ada.page, 'regrettable', 'Delete for everyone');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  for (const { page } of [ada, bob]) {
    await expect(message(page, 'regrettable')).toHaveCount(0);
    await expect(log(page).getByText('Message deleted')).toHaveCount(1);
    await expect(message(page, 'stays')).toBeVisible();
  }
});

test('an owner deletes what a member of the group wrote; a member cannot', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const group = await openGroup(freshName('Pier 7'), [ada, bob]);
  await write(bob.page, 'out of place');
  await write(ada.page, 'from the owner');
  await expect(message(bob.page, 'from the owner')).toBeVisible();
  await (await messageTool(bob.page, 'from the owner', 'More')).click();
  await expect(bob.page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await bob.page.keyboard.press('Escape');
  await chooseAction(ada.page, 'out of place', 'Delete for everyone');
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  for (const { page } of [ada, bob]) await expect(message(page, 'out of place')).toHaveCount(0);
  const { entries } = await bob.api.messages.page.query({ conversationId: group });
  expect(JSON.stringify(entries)).not.toContain('out of place');
});

test('reactions are counted, marked as one’s own, and taken back by a press on both screens', async ({
  person,
}) => {
  const { ada, bob } = await adaAndBob(person, ['We are live!']);
  await react(bob.page, 'We are live!', 'Party');
  await expect(reaction(ada.page, 'We are live!', '🎉 1')).toHaveAttribute('aria-pressed', 'false');
  await expect(reaction(bob.page, 'We are live!', '🎉 1')).toHaveAttribute('aria-pressed', 'true');
  await reaction(ada.page, 'We are live!', '🎉 1').click();
  for (const { page } of [ada, bob]) {
    await expect(reaction(page, 'We are live!', '🎉 2')).toHaveAttribute('aria-pressed', 'true');
  }
  // A tooltip that a press has closed comes back when the pointer does.
  await composer(ada.page).hover();
  await reaction(ada.page, 'We are live!', '🎉 2').hover();
  await expect(ada.page.getByRole('tooltip')).toHaveText(`${bob.name} and you`);
  await react(ada.page, 'We are live!', 'Party');
  for (const { page } of [ada, bob]) await expect(reaction(page, 'We are live!', '🎉 1')).toBeVisible();
  await reaction(bob.page, 'We are live!', '🎉 1').click();
  for (const { page } of [ada, bob]) {
    await expect(page.getByRole('group', { name: 'Reactions' })).toHaveCount(0);
  }
});

test('what was changed while one was away is there when one is back', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const line = await tap(bob.page);
  const id = await openDirect(ada, bob);
  for (const text of ['to be edited', 'to be deleted', 'to be liked']) await send(ada, id, text);
  await openChat(bob, id);
  await expect(message(bob.page, 'to be liked')).toBeVisible();
  await line.cut();
  await expect(bob.page.getByText('You are offline.')).toBeVisible();

  await expect(message(ada.page, 'to be liked')).toBeVisible();
  await (await messageTool(ada.page, 'to be edited', 'Edit')).click();
  await ada.page.getByRole('textbox', { name: 'Edit message' }).fill('edited meanwhile');
  await ada.page.keyboard.press('Enter');
  await chooseAction(ada.page, 'to be deleted', 'Delete for everyone');
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await react(ada.page, 'to be liked', 'Heart');
  await write(ada.page, 'and this is new');
  await expect(confirmed(ada.page, 'and this is new')).toBeAttached();
  await expect(message(bob.page, 'to be deleted')).toBeVisible();

  line.mend();
  await expect(message(bob.page, 'and this is new')).toBeVisible();
  await expect
    .poll(() => messageTexts(bob.page))
    .toEqual(['edited meanwhile', 'to be liked', 'and this is new']);
  await expect(reaction(bob.page, 'to be liked', '❤️ 1')).toBeVisible();
  await expect(log(bob.page).getByText('Message deleted')).toHaveCount(1);
});

test('a refused change is taken back, and said', async ({ person }) => {
  const { ada, bob, id } = await adaAndBob(person, ['short-lived']);
  const line = await tap(bob.page);
  await openChat(bob, id);
  await expect(message(bob.page, 'short-lived')).toBeVisible();
  // His device does not hear of the deletion.
  line.swallow('"kind":"deletion"');
  await chooseAction(ada.page, 'short-lived', 'Delete for everyone');
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(message(ada.page, 'short-lived')).toHaveCount(0);
  await react(bob.page, 'short-lived', 'Heart');
  await expect(
    bob.page.getByText('Your reaction was not taken: This message was deleted.', {
      exact: true,
    }),
  ).toBeVisible();
  await expect(bob.page.getByRole('group', { name: 'Reactions' })).toHaveCount(0);
});

test('rows are reached by arrows, their actions by Tab, and Escape leads back to the composer', async ({
  person,
}) => {
  const { ada } = await adaAndBob(person, ['one', 'two', 'three']);
  const { page } = ada;
  await composer(page).focus();
  await page.keyboard.press('Shift+Tab');
  await expect(log(page)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(messageRow(page, 'three')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await expect(messageRow(page, 'two')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(messageRow(page, 'two').getByRole('button', { name: 'React' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemcheckbox').first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('menuitemcheckbox', { name: 'Heart' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reaction(page, 'two', '❤️ 1')).toBeVisible();
  await messageRow(page, 'two').focus();
  await page.keyboard.press('Escape');
  await expect(composer(page)).toBeFocused();
});

test('on touch a long press opens a sheet of actions', async ({ person }) => {
  const { viewport, userAgent, hasTouch, isMobile } = devices['Pixel 7'];
  const [ada, bob] = [
    await person('ada', { ...closed, viewport, userAgent, hasTouch, isMobile }),
    await person('bob', closed),
  ];
  const id = await openDirect(ada, bob);
  await send(ada, id, 'hold me');
  const { page } = ada;
  await expect(message(page, 'hold me')).toBeVisible();
  const devtools = await ada.context.newCDPSession(page);
  const hold = async () => {
    const box = await message(page, 'hold me').boundingBox();
    const point = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 8 };
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
    await expect(page.getByRole('dialog', { name: 'Message actions' })).toBeVisible();
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await hold();
  await page.getByRole('dialog').getByRole('button', { name: 'Thumbs up' }).tap();
  await expect(reaction(page, 'hold me', '👍 1')).toBeVisible();
  await hold();
  await page.getByRole('dialog').getByRole('button', { name: 'Edit' }).tap();
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toBeFocused();
});
