import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startProduct } from '@confab/launcher';
import { newClientId } from '@confab/contract';
import { expect, test } from '@playwright/test';
import { composer, message, messageTexts } from '../chat.ts';
import { apiOf, authenticate, password } from '../people.ts';

test.setTimeout(180_000);

test('the administrator copies an older .data back under a running browser: it says so, and shows what is there', async ({
  browser,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'confab-rewound-'));
  const [dataDir, copy] = [join(folder, 'data'), join(folder, 'copy')];
  const ports = { web: await freePort() };
  const start = () => startProduct({ mode: 'production', dataDir, ports });
  let product = await start();
  const { origin } = product;
  const [ada, bob] = await Promise.all([browser.newContext(), browser.newContext()]);
  try {
    const join = (context: typeof ada, name: string) =>
      authenticate(context, origin, { procedure: 'register', name, email: `${name}@example.org`, password });
    const { id: adaId } = await join(ada, 'ada');
    await join(bob, 'bob');
    const api = apiOf(bob, origin);
    const { id: conversationId } = await api.conversations.openDirect.mutate({ userId: adaId });
    const send = async (...texts: string[]) => {
      for (const text of texts) {
        await api.messages.send.mutate({ conversationId, clientId: newClientId(), text });
      }
    };
    await send('one', 'two');
    await product.stop();
    await cp(dataDir, copy, { recursive: true });
    product = await start();
    await send('three', 'four');
    const page = await ada.newPage();
    await page.goto(`${origin}/chats/${conversationId}`);
    await expect(message(page, 'four')).toBeVisible();
    await composer(page).fill('A draft');

    await product.stop();
    await rm(dataDir, { recursive: true });
    await cp(copy, dataDir, { recursive: true });
    product = await start();
    await send('another three', 'another four', 'five');
    await expect(message(page, 'five')).toBeVisible({ timeout: 30_000 });
    await expect
      .poll(() => messageTexts(page))
      .toEqual(['one', 'two', 'another three', 'another four', 'five']);
    await expect(page.getByText('The server was set back to an older state.')).toHaveCount(1);
    await expect(composer(page)).toHaveValue('A draft');
    await page.reload();
    await expect
      .poll(() => messageTexts(page))
      .toEqual(['one', 'two', 'another three', 'another four', 'five']);
    await expect(page.getByText('The server was set back to an older state.')).toHaveCount(0);
  } finally {
    await Promise.all([ada.close(), bob.close()]);
    await product.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
