import {
  chooseAction,
  composer,
  log,
  message,
  messageRow,
  openChat,
  openDetails,
  openDirect,
  openGroup,
  send,
  write,
} from '../chat.ts';
import { closed, expect, freshName, newTab, test } from '../people.ts';
import { sizes } from '../sizes.ts';

for (const { name: size, device } of sizes) {
  test(`on ${size}: from the directory to the direct chat, ready to type, and to the card of the person`, async ({
    person,
  }) => {
    const ada = await person('ada', { ...device, path: '/people' });
    const bob = await person('bob', device);
    const { page } = ada;
    await page.getByRole('searchbox', { name: 'Find somebody by name' }).fill(bob.name.toUpperCase());
    await page.getByRole('list', { name: 'People' }).getByRole('button', { name: bob.name }).click();
    await expect(composer(page)).toBeFocused();
    await write(page, 'Hello bob.');

    await page.getByRole('heading', { level: 1, name: bob.name }).getByRole('button').click();
    const card = page.getByRole('dialog', { name: 'Profile' });
    await expect(card).toContainText('Online');
    await expect(card).toContainText('Member since');
    await expect(card).toContainText('No group or room in common.');
    await page.keyboard.press('Escape');
    await expect(card).toHaveCount(0);
  });

  test(`on ${size}: from a message to the card of its sender, and on to the direct chat`, async ({
    person,
  }) => {
    const [ada, bob] = [await person('ada', { ...device, ...closed }), await person('bob', closed)];
    const group = freshName('Pier 7');
    const id = await openGroup(group, [ada, bob]);
    await send(bob, id, 'Who is there?');
    const { page } = ada;
    await messageRow(page, 'Who is there?').getByRole('button', { name: bob.name }).click();
    const card = page.getByRole('dialog', { name: 'Profile' });
    await expect(card.getByRole('link', { name: group })).toBeVisible();
    await card.getByRole('button', { name: 'Message' }).click();
    await expect(page.getByRole('heading', { level: 1, name: bob.name })).toBeVisible();
    await expect(composer(page)).toBeFocused();
    await openDetails(page);
    await page.getByRole('link', { name: group }).last().click();
    await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible();
    await openDetails(page);
    await page
      .getByRole('list', { name: 'Members' })
      .getByRole('button', { name: new RegExp(`^${bob.name}`) })
      .click();
    await expect(card).toBeVisible();
  });
}

test('a blocked person and oneself do not write to each other, and their words in groups are folded away', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const group = await openGroup(freshName('Pier 7'), [ada, bob]);
  await openDirect(bob, ada);
  const direct = await openDirect(ada, bob);
  const tab = await newTab(ada, `/chats/${direct}`);
  await expect(composer(tab)).toBeVisible();

  await test.step('a question says what blocking does', async () => {
    await ada.page.getByRole('button', { name: 'Block…' }).click();
    const question = ada.page.getByRole('dialog', { name: `Block ${bob.name}?` });
    await expect(question).toContainText('Neither of you can write to the other');
    await question.getByRole('button', { name: 'Block', exact: true }).click();
    await expect(question).toHaveCount(0);
  });

  await test.step('the composer gives way to the reason, in every tab; bob’s message is refused', async () => {
    for (const page of [ada.page, tab]) {
      await expect(page.getByText(`You blocked ${bob.name}. To write to each other again`)).toBeVisible();
      await expect(composer(page)).toHaveCount(0);
    }
    await write(bob.page, 'Why?');
    await expect(log(bob.page).getByText('Not sent: You cannot write to this person.')).toBeVisible();
  });

  await test.step('in the group the message is folded, and unfolds', async () => {
    await openChat(ada, group);
    await send(bob, group, 'Hello, group.');
    await expect(log(ada.page).getByText('Message of somebody you blocked.')).toBeVisible();
    await expect(message(ada.page, 'Hello, group.')).toHaveCount(0);
    await log(ada.page).getByRole('button', { name: 'Show' }).click();
    await expect(message(ada.page, 'Hello, group.')).toBeVisible();
    await ada.page.reload();
    await expect(log(ada.page).getByText('Message of somebody you blocked.')).toBeVisible();
  });

  await test.step('unblocked, they write again', async () => {
    await tab.getByRole('button', { name: 'Unblock' }).first().click();
    await expect(composer(tab)).toBeVisible();
    await expect(message(ada.page, 'Hello, group.')).toBeVisible();
    await write(tab, 'Sorry.');
    await expect(message(bob.page, 'Sorry.')).toBeVisible();
  });
});

test('a message of another is reported with a reason, and a toast thanks', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const group = await openGroup(freshName('Pier 7'), [ada, bob]);
  await send(bob, group, 'Buy my anchors!');
  await write(ada.page, 'No, thank you.');
  await chooseAction(ada.page, 'Buy my anchors!', 'Report');
  const dialog = ada.page.getByRole('dialog', { name: 'Report this message' });
  await dialog.getByRole('button', { name: 'Report' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Choose what is wrong with it.');
  await dialog.getByText('Spam or advertising').click();
  await dialog.getByLabel('What the administrators should know').fill('Every day.');
  await dialog.getByRole('button', { name: 'Report' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(
    ada.page.getByText('Thank you. The administrators will look at it.', { exact: true }),
  ).toBeVisible();

  await messageRow(ada.page, 'No, thank you.').hover();
  await messageRow(ada.page, 'No, thank you.').getByRole('button', { name: 'More' }).click();
  await expect(ada.page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
  await expect(ada.page.getByRole('menuitem', { name: 'Report' })).toHaveCount(0);
});
