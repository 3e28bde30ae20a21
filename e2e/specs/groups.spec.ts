import { expect, type Locator } from '@playwright/test';
import {
  chooseAction,
  chooseForMember,
  closeDetails,
  composer,
  conversationRow,
  log,
  lostNote,
  message,
  messageRow,
  openChat,
  openDetails,
  openGroup,
  pick,
  showList,
  write,
} from '../chat.ts';
import { closed, freshName, test } from '../people.ts';
import { sizes } from '../sizes.ts';

for (const { name: size, device } of sizes) {
  test(`on ${size}: a group is made, chats, takes somebody in, and puts somebody out`, async ({ person }) => {
    const [ada, bob, cleo] = [
      await person('ada', device),
      await person('bob', device),
      await person('cleo', device),
    ];
    const { page } = ada;
    const group = freshName('Pier 7');

    await test.step('ada makes it of a name and bob', async () => {
      await page.getByRole('button', { name: 'New conversation' }).click();
      await page.getByRole('menuitem', { name: 'New group' }).click();
      const dialog = page.getByRole('dialog', { name: 'New group' });
      await dialog.getByLabel('Name', { exact: true }).fill(group);
      await pick(dialog, bob.name);
      await expect(dialog.getByText('1 person and you')).toBeVisible();
      await dialog.getByRole('button', { name: 'Create group' }).click();
      await expect(composer(page)).toBeFocused();
      await expect(log(page).getByText(`${ada.name} created this group`)).toBeVisible();
      await write(page, 'The rollout is at noon.');
      await expect(message(page, 'The rollout is at noon.')).toBeVisible();
    });

    await test.step('bob has it live', async () => {
      await conversationRow(bob.page, group).click();
      await expect(message(bob.page, 'The rollout is at noon.')).toBeVisible();
    });

    await test.step('ada adds cleo, who reads from then on', async () => {
      await openDetails(page);
      await page.getByRole('button', { name: 'Add people' }).click();
      const dialog = page.getByRole('dialog', { name: `Add people to ${group}` });
      await pick(dialog, cleo.name);
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(dialog).toHaveCount(0);
      await expect(page.getByRole('list', { name: 'Members' }).getByRole('listitem')).toHaveCount(3);
      await expect(log(bob.page).getByText(`${ada.name} added ${cleo.name}`)).toBeVisible();
      await conversationRow(cleo.page, group).click();
      await expect(composer(cleo.page)).toBeVisible();
      await expect(message(cleo.page, 'The rollout is at noon.')).toHaveCount(0);
    });

    await test.step('ada removes bob: his screen says so, and nothing more reaches him', async () => {
      await chooseForMember(page, bob.name, 'Remove');
      await page
        .getByRole('dialog', { name: `Remove ${bob.name}?` })
        .getByRole('button', { name: 'Remove' })
        .click();
      await expect(lostNote(bob.page, group)).toBeVisible();
      await expect(log(bob.page)).toHaveCount(0);
      await expect(page.getByRole('list', { name: 'Members' }).getByRole('listitem')).toHaveCount(2);
      await closeDetails(page);
      await write(page, 'bob is out.');
      await expect(message(cleo.page, 'bob is out.')).toBeVisible();
      await expect(message(bob.page, 'bob is out.')).toHaveCount(0);
      await bob.page.reload();
      // What the device knew when it was loaded: the row, or nothing any more.
      const gone = bob.page.getByRole('heading', { name: 'Not here' });
      await expect(gone.or(lostNote(bob.page, group))).toBeVisible();
      await showList(bob.page);
      await expect(conversationRow(bob.page, group)).toHaveCount(0);
    });
  });
}

test('a moderator renames, and opens what was written before to whoever comes later', async ({ person }) => {
  const [ada, bob, cleo] = [await person('ada', closed), await person('bob', closed), await person('cleo')];
  const group = freshName('Pier 7');
  const id = await openGroup(group, [ada, bob]);
  await write(ada.page, 'Before cleo came.');
  await expect(message(bob.page, 'Before cleo came.')).toBeVisible();
  await expect(bob.page.getByRole('button', { name: 'Edit the group' })).toHaveCount(0);

  await chooseForMember(ada.page, bob.name, 'Make a moderator');
  for (const { page } of [ada, bob]) {
    await expect(log(page).getByText(`${ada.name} made ${bob.name} a moderator`)).toBeVisible();
  }
  await bob.page.getByRole('button', { name: 'Edit the group' }).click();
  const dialog = bob.page.getByRole('dialog', { name: 'Edit the group' });
  const renamed = freshName('Pier 8');
  await dialog.getByLabel('Name').fill(renamed);
  await dialog.getByLabel('Topic').fill('Where the gauge went');
  await dialog.getByRole('button', { name: 'Save' }).click();
  for (const { page } of [ada, bob]) {
    await expect(page.getByRole('heading', { level: 1, name: renamed })).toBeVisible();
    await expect(log(page).getByText(`${bob.name} renamed the group to “${renamed}”`)).toBeVisible();
    await expect(log(page).getByText('changed the topic to “Where the gauge went”')).toBeVisible();
  }

  await bob.page.getByRole('switch', { name: 'New members see' }).check();
  await expect(log(ada.page).getByText('lets new members see what was written before')).toBeVisible();
  await expect(ada.page.getByRole('switch', { name: 'New members see' })).toBeChecked();
  await bob.api.members.add.mutate({ conversationId: id, userId: cleo.id });
  await conversationRow(cleo.page, renamed).click();
  await expect(message(cleo.page, 'Before cleo came.')).toBeVisible();
});

test('the owner hands the group over, and is a moderator from then on', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openGroup(freshName('Pier 7'), [ada, bob]);
  await chooseForMember(ada.page, bob.name, 'Hand over ownership');
  const question = ada.page.getByRole('dialog', { name: `Make ${bob.name} the owner?` });
  await question.getByRole('button', { name: 'Hand over' }).click();
  await expect(question).toHaveCount(0);
  const memberOf = (name: string) =>
    ada.page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: name });
  await expect(memberOf(bob.name)).toContainText('owner');
  await expect(memberOf(ada.name)).toContainText('moderator');
  await ada.page.getByRole('button', { name: `Actions for ${bob.name}` }).click();
  await expect(ada.page.getByRole('menuitem', { name: 'Write to them' })).toBeVisible();
  await expect(ada.page.getByRole('menuitem', { name: 'Remove' })).toHaveCount(0);
  await openChat(bob, id);
  await chooseForMember(bob.page, ada.name, 'Make an ordinary member');
  await expect(log(ada.page).getByText(`${bob.name} made ${ada.name} an ordinary member`)).toBeVisible();
  await expect(ada.page.getByRole('button', { name: 'Edit the group' })).toHaveCount(0);
});

test('a muted member reads on, is told until when, and writes again once unmuted', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  await openGroup(freshName('Pier 7'), [ada, bob]);
  await composer(bob.page).fill('half a sente');
  await chooseForMember(ada.page, bob.name, 'Mute');
  const dialog = ada.page.getByRole('dialog', { name: `Mute ${bob.name}?` });
  await dialog.getByText('10 minutes').click();
  await dialog.getByRole('button', { name: 'Mute' }).click();
  await expect(bob.page.getByText(/^A moderator muted you here until \d\d:\d\d\.$/)).toBeVisible();
  await expect(composer(bob.page)).toHaveCount(0);
  await expect(
    log(ada.page).getByText(new RegExp(`${ada.name} muted ${bob.name} until \\d\\d:\\d\\d`)),
  ).toBeVisible();
  await write(ada.page, 'Calm down.');
  await expect(message(bob.page, 'Calm down.')).toBeVisible();

  await chooseForMember(ada.page, bob.name, 'Unmute');
  await expect(composer(bob.page)).toHaveValue('half a sente');
  await expect(log(bob.page).getByText(`${ada.name} unmuted ${bob.name}`)).toBeVisible();
  await write(bob.page, 'Calm now.');
  await expect(message(ada.page, 'Calm now.')).toBeVisible();
});

test('what closes gives the focus back: to a button, to the button of a menu, to a message', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  await openGroup('Pier 7', [ada, bob]);
  await write(page, 'The rollout is at noon.');
  await openDetails(page);
  const giveBack = async (opener: Locator, dialog: string) => {
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(opener).toBeFocused();
  };
  const leave = page.getByRole('button', { name: 'Leave' });
  await leave.click();
  await giveBack(leave, 'Leave Pier 7?');

  const actions = page.getByRole('button', { name: `Actions for ${bob.name}` });
  await chooseForMember(page, bob.name, /^Remove/);
  await giveBack(actions, `Remove ${bob.name}?`);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem').last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(actions).toBeFocused();

  await chooseAction(page, 'The rollout is at noon.', 'Delete');
  await page.mouse.move(0, 0);
  await giveBack(messageRow(page, 'The rollout is at noon.'), 'Delete this message?');
});
