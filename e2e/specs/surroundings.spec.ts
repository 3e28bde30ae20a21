import type { Page } from '@playwright/test';
import { chooseAction, composer, message, openDirect, write } from '../chat.ts';
import { closed, expect, type JoinPerson, test } from '../people.ts';

async function adaWithBob(person: JoinPerson) {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const conversationId = await openDirect(ada, bob);
  return { ada, bob, conversationId };
}

/** As over plain http: the clipboard's interface is missing. */
async function withoutClipboard(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });
  });
  await page.reload();
  await expect(composer(page)).toBeEditable();
}

test('a message’s text is copied over plain http, too', async ({ person }) => {
  const { ada } = await adaWithBob(person);
  const { page } = ada;
  await withoutClipboard(page);
  await write(page, 'one\n  two');
  await chooseAction(page, 'one\n  two', 'Copy text');
  await expect(page.getByText('Copied', { exact: true })).toBeVisible();
  await composer(page).focus();
  await page.keyboard.press('Control+V');
  await expect(composer(page)).toHaveValue('one\n  two');
});

test('where a browser copies nothing at all, the page says so, and what to do', async ({ person }) => {
  const { ada } = await adaWithBob(person);
  const { page } = ada;
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'execCommand', { value: () => false });
  });
  await withoutClipboard(page);
  await write(page, 'one');
  await chooseAction(page, 'one', 'Copy text');
  await expect(page.getByText('This browser does not let the page copy.').first()).toBeVisible();
});

test('behind a proxy that does not upgrade, the page says what is wrong', async ({ person }) => {
  test.setTimeout(120_000);
  const { ada } = await adaWithBob(person);
  const { page } = ada;
  await page.addInitScript(() => {
    const Real = WebSocket;
    // What such a proxy gives a browser: a socket that never opens.
    class Refused extends Real {
      constructor() {
        super(`ws://${location.host}/not-there`);
      }
    }
    Object.defineProperty(globalThis, 'WebSocket', { value: Refused });
  });
  await page.reload();
  await expect(page.getByText('A reverse proxy in between').first()).toBeVisible({ timeout: 60_000 });
});

test('control: a server that is away is no such proxy', async ({ person }) => {
  const { ada } = await adaWithBob(person);
  await expect(message(ada.page, 'x')).toHaveCount(0);
  await ada.context.setOffline(true);
  await expect(ada.page.getByText('You are offline')).toBeVisible();
  await expect(ada.page.getByText('A reverse proxy in between')).toHaveCount(0);
});
