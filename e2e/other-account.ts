import { errorTable } from '@confab/contract';
import { expect, type Page } from '@playwright/test';

const { OTHER_ACCOUNT } = errorTable;
const refusal = {
  error: {
    message: OTHER_ACCOUNT.sentence,
    code: -32_600,
    data: { code: OTHER_ACCOUNT.trpc, httpStatus: OTHER_ACCOUNT.http, confab: { code: 'OTHER_ACCOUNT' } },
  },
};
const eve = { id: 'e'.repeat(24), name: 'eve' };

/** As if the browser were signed in as eve by now: this page stops. Its own browser stays as it is. */
export async function showOtherAccount(page: Page): Promise<void> {
  const heading = page.getByRole('heading', { name: /^This page was opened for / });
  if (await heading.isVisible()) return;
  // Before anything of the page's own is refused: that would stop it, too.
  await expect(page.getByRole('list', { name: 'Chats' })).toBeVisible();
  await page.route(/\/api\/trpc\//, (route) =>
    route.request().headers()['confab-account'] === undefined
      ? route.fulfill({ json: [{ result: { data: eve } }] })
      : route.fulfill({ status: OTHER_ACCOUNT.http, json: refusal }),
  );
  // What another tab says when it is opened.
  await page.evaluate((id) => {
    new BroadcastChannel('confab:account').postMessage(id);
  }, eve.id);
  await expect(heading).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go on as eve' })).toBeVisible();
}
