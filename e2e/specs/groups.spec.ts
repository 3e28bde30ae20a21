import { expect, type Locator } from '@playwright/test';
import { composer, conversationRow, log, message, openChat, openGroup, write } from '../chat.ts';
import { closed, freshName, test } from '../people.ts';

/** Ticks somebody: a press anywhere on their row. */
async function pick(dialog: Locator, name: string): Promise<void> {
  await dialog.getByLabel('People').fill(name.toUpperCase());
  await dialog
    .locator('label')
    .filter({ has: dialog.page().getByRole('checkbox', { name }) })
    .click();
  await expect(dialog.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
}

test('a group is made of a name and people: all of them see it live, and chat', async ({ person }) => {
  const [ada, bob, cleo] = [await person('ada'), await person('bob'), await person('cleo')];
  const group = freshName('Pier 7');

  await ada.page.getByRole('button', { name: 'New conversation' }).click();
  await ada.page.getByRole('menuitem', { name: 'New group' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'New group' });
  await dialog.getByLabel('Name', { exact: true }).fill(group);
  for (const { name } of [bob, cleo]) {
    await pick(dialog, name);
  }
  await expect(dialog.getByText('2 people and you')).toBeVisible();
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await expect(composer(ada.page)).toBeFocused();
  await expect(log(ada.page).getByText(`${ada.name} created this group`)).toBeVisible();
  await write(ada.page, 'The rollout is at noon.');

  for (const { page } of [bob, cleo]) {
    await conversationRow(page, group).click();
    await expect(message(page, 'The rollout is at noon.')).toBeVisible();
  }
  await write(cleo.page, 'I bring the cable.');
  for (const { page } of [ada, bob, cleo]) await expect(message(page, 'I bring the cable.')).toHaveCount(1);
});

test('who is added reads from then on; who is removed stops at once; the log says both', async ({
  person,
}) => {
  const [ada, bob, cleo] = [await person('ada', closed), await person('bob', closed), await person('cleo')];
  const name = freshName('Pier 7');
  const group = await openGroup(name, [ada, bob]);
  await write(ada.page, 'Before cleo came.');
  await expect(message(bob.page, 'Before cleo came.')).toBeVisible();

  await ada.page.getByRole('button', { name: 'Add people' }).click();
  const dialog = ada.page.getByRole('dialog', { name: `Add people to ${name}` });
  await pick(dialog, cleo.name);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  for (const { page } of [ada, bob]) {
    await expect(log(page).getByText(`${ada.name} added ${cleo.name}`)).toBeVisible();
  }
  await conversationRow(cleo.page, name).click();
  await write(ada.page, 'Welcome, cleo.');
  await expect(message(cleo.page, 'Welcome, cleo.')).toBeVisible();
  await expect(message(cleo.page, 'Before cleo came.')).toHaveCount(0);

  await ada.page.getByRole('button', { name: `Actions for ${bob.name}` }).click();
  await ada.page.getByRole('menuitem', { name: 'Remove' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(bob.page.getByRole('heading', { name: 'Not here' })).toBeVisible();
  await expect(conversationRow(bob.page, name)).toHaveCount(0);
  await expect(log(cleo.page).getByText(`${ada.name} removed ${bob.name}`)).toBeVisible();
  await expect(bob.api.messages.page.query({ conversationId: group })).rejects.toThrow('does not exist');
  await write(ada.page, 'bob is out.');
  await expect(message(cleo.page, 'bob is out.')).toBeVisible();
  await bob.page.reload();
  await expect(bob.page.getByRole('heading', { name: 'Not here' })).toBeVisible();
  await openChat(cleo, group);
  await expect(message(cleo.page, 'bob is out.')).toBeVisible();
});
