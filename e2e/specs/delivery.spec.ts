import type { Page, WebSocketRoute } from '@playwright/test';
import {
  composer,
  conversationRow,
  message,
  messageRow,
  messageTexts,
  openDirect,
  openGroup,
  write,
} from '../chat.ts';
import { closed, expect, freshName, test } from '../people.ts';

/** What stands between a page and the server's socket. */
interface Line {
  /** What the page sends is kept until `release`. */
  hold(): void;
  release(): void;
  /** Closes the socket, and every new one, until `mend`. */
  cut(): Promise<void>;
  mend(): void;
  /** Swallows what the server says that holds this. */
  swallow(part: string): void;
}

/** Takes hold of the sockets that a page opens from now on. */
async function tap(page: Page): Promise<Line> {
  let held: (() => void)[] | null = null;
  let down = false;
  let swallowed: string | null = null;
  let current: WebSocketRoute | null = null;
  await page.routeWebSocket(/\/ws/, (route) => {
    // Taken and dropped at the first word: a socket that never opens cannot be imitated, its error event is missing.
    if (down) {
      route.onMessage(() => route.close());
      return;
    }
    current = route;
    const server = route.connectToServer();
    route.onMessage((frame) => {
      const pass = () => {
        server.send(frame);
      };
      if (held) held.push(pass);
      else pass();
    });
    server.onMessage((frame) => {
      if (swallowed === null || !String(frame).includes(swallowed)) route.send(frame);
    });
  });
  return {
    hold: () => (held = []),
    release: () => {
      for (const pass of held ?? []) pass();
      held = null;
    },
    cut: async () => {
      down = true;
      await current?.close();
    },
    mend: () => (down = false),
    swallow: (part) => (swallowed = part),
  };
}

test('a message is on screen before the server has answered, and says how far it is', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const line = await tap(ada.page);
  const conversationId = await openDirect(ada, bob);
  await expect(ada.page.getByText('Online', { exact: true }).first()).toBeVisible();
  line.hold();
  await write(ada.page, 'Already here.');
  await expect(messageRow(ada.page, 'Already here.')).toContainText('sending');
  const before = await bob.api.messages.page.query({ conversationId });
  expect(before.entries).toEqual([]);

  line.release();
  await expect(messageRow(ada.page, 'Already here.')).toContainText('sent');
  await expect(message(ada.page, 'Already here.')).toHaveCount(1);
});

test('a lost connection is told within 5 s; what is written meanwhile arrives once and in order', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const line = await tap(ada.page);
  const conversationId = await openDirect(ada, bob);
  await write(ada.page, 'before');
  await expect(messageRow(ada.page, 'before')).toContainText('sent');
  await bob.page.goto(`/chats/${conversationId}`);
  await expect(message(bob.page, 'before')).toBeVisible();

  await line.cut();
  const banner = ada.page.getByText('You are offline.');
  await expect(banner).toBeVisible({ timeout: 5_000 });
  for (const text of ['first', 'second', 'third']) await write(ada.page, text);
  await write(bob.page, 'meanwhile');
  for (const text of ['first', 'second', 'third']) {
    await expect(messageRow(ada.page, text)).toContainText('Waiting for the connection');
  }
  await expect(message(ada.page, 'meanwhile')).toHaveCount(0);
  await expect(message(bob.page, 'first')).toHaveCount(0);

  line.mend();
  await expect(banner).toHaveCount(0);
  const all = ['before', 'meanwhile', 'first', 'second', 'third'];
  for (const { page } of [ada, bob]) await expect.poll(() => messageTexts(page)).toEqual(all);
  await expect(messageRow(ada.page, 'third')).toContainText('sent');
});

test('a refused message says so, and can be tried again, edited and deleted', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const line = await tap(bob.page);
  const name = freshName('Pier 7');
  const conversationId = await openGroup(name, [ada, bob]);
  await write(bob.page, 'as a member');
  await expect(message(ada.page, 'as a member')).toBeVisible();
  // His device does not hear of it, as it may while the network is slow.
  line.swallow('conversation.left');
  await ada.api.members.remove.mutate({ conversationId, userId: bob.id });

  const retried = messageRow(bob.page, 'try again');
  for (const text of ['try again', 'edit me', 'delete me']) {
    await write(bob.page, text);
    await expect(messageRow(bob.page, text).getByRole('alert')).toContainText('Not sent:');
  }
  await retried.getByRole('button', { name: 'Retry' }).click();
  await expect(retried.getByRole('alert')).toContainText('Not sent:');
  await messageRow(bob.page, 'delete me').getByRole('button', { name: 'Delete' }).click();
  await expect(message(bob.page, 'delete me')).toHaveCount(0);
  await expect(message(ada.page, 'try again')).toHaveCount(0);

  await ada.api.members.add.mutate({ conversationId, userId: bob.id });
  await retried.getByRole('button', { name: 'Retry' }).click();
  await expect(message(ada.page, 'try again')).toBeVisible();
  await expect(retried.getByRole('alert')).toHaveCount(0);
  await messageRow(bob.page, 'edit me').getByRole('button', { name: 'Edit' }).click();
  await expect(message(bob.page, 'edit me')).toHaveCount(0);
  await expect(composer(bob.page)).toHaveValue('edit me');
  await expect(composer(bob.page)).toBeFocused();
  await composer(bob.page).fill('edited');
  await composer(bob.page).press('Enter');
  await expect(message(ada.page, 'edited')).toHaveCount(1);
  await expect(message(ada.page, 'edit me')).toHaveCount(0);
  await expect(conversationRow(bob.page, name)).toHaveCount(1);
});
