import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import {
  composer,
  conversationRow,
  message,
  openChat,
  openDirect,
  openGroup,
  openList,
  reaction,
  send,
} from '../chat.ts';
import { holdRequests } from '../hold-requests.ts';
import { keptOnDevice } from '../kept-on-device.ts';
import { closed, expect, freshName, test } from '../people.ts';

declare global {
  interface Window {
    composersShown: number;
  }
}

test('what somebody blocked wrote is in no badge and no title, and how they reacted on no message', async ({
  person,
}) => {
  const ada = await person('ada');
  const [bob, cleo] = [await person('bob', closed), await person('cleo', closed)];
  const { page } = ada;
  const name = freshName('Pier 7');
  const group = await openGroup(name, [ada, bob, cleo]);
  await send(ada, group, 'Who brings the rope?');
  const { entries } = await ada.api.messages.page.query({ conversationId: group });
  const asked = entries.find((entry) => entry.kind === 'message');
  for (const [{ api }, emoji] of [
    [bob, '👍'],
    [cleo, '🎉'],
  ] as const) {
    const clientId = newClientId();
    const messageId = asked?.id ?? '';
    await api.messages.react.mutate({ conversationId: group, clientId, messageId, emoji, on: true });
  }
  await openList(page);
  const { id } = await bob.api.conversations.openDirect.mutate({ userId: ada.id });
  await send(bob, id, 'Not me.');
  await send(bob, group, 'Not me.');
  await send(cleo, group, 'I do.');
  const badge = (row: string, count: string) => conversationRow(page, row).getByText(count, { exact: true });
  await expect(page).toHaveTitle('(3) Confab');
  await expect(badge(name, '2')).toBeVisible();

  // Another device of hers does it.
  await ada.api.users.block.mutate({ userId: bob.id });
  await expect(page).toHaveTitle('(1) Confab');
  await expect(badge(name, '1')).toBeVisible();
  await expect(badge(bob.name, '1')).toHaveCount(0);
  await send(bob, group, 'Nor an anchor.');
  await send(cleo, group, 'And the anchor.');
  await expect(badge(name, '2')).toBeVisible();
  await openList(page);
  await expect(page).toHaveTitle('(2) Confab');

  await conversationRow(page, name).click();
  await expect(message(page, 'And the anchor.')).toBeVisible();
  await expect(reaction(page, 'Who brings the rope?', '🎉')).toBeVisible();
  await expect(reaction(page, 'Who brings the rope?', '👍')).toHaveCount(0);
  await expect(page).toHaveTitle('Confab');

  await ada.api.users.unblock.mutate({ userId: bob.id });
  await expect(reaction(page, 'Who brings the rope?', '👍')).toBeVisible();
  await expect(page).toHaveTitle('(1) Confab');
  await expect(badge(bob.name, '1')).toBeVisible();
});

/** Counts the frames that show a composer, from the first of a page that is opened from now on. */
async function watchComposers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.composersShown = 0;
    requestAnimationFrame(function look() {
      if (document.querySelector('textarea')) window.composersShown += 1;
      requestAnimationFrame(look);
    });
  });
}

const composersShown = (page: Page) => page.evaluate(() => window.composersShown);

test('the chat with somebody blocked shows no composer, not for a moment; control: that of another does', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  const id = await openDirect(bob, ada);
  await send(bob, id, 'Hello?');
  await ada.api.users.block.mutate({ userId: bob.id });
  await watchComposers(page);
  const reason = page.getByText(`You blocked ${bob.name}. To write to each other again`);
  const showsReason = async () => {
    await expect(message(page, 'Hello?')).toBeVisible();
    await expect(reason).toBeVisible();
    expect(await composersShown(page)).toBe(0);
  };
  await page.goto(`/chats/${id}`);
  await showsReason();
  // What the device kept is shown before anybody says whom she blocked; what it has to ask for goes with that question.
  await expect.poll(async () => (await keptOnDevice(page, ada.id))?.cache).toContain('"openedAt"');
  const release = await holdRequests(page, /users\.blocked/);
  await page.reload();
  await showsReason();
  await release();
  await expect(page.getByText('Online', { exact: true }).first()).toBeVisible();
  await showsReason();

  await ada.api.users.unblock.mutate({ userId: bob.id });
  await openChat(ada, id);
  await expect(composer(page)).toBeVisible();
  expect(await composersShown(page)).toBeGreaterThan(0);
});
