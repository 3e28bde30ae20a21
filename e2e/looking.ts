import type { Page } from '@playwright/test';

/** A browser that is driven says of every page that it has the focus: this page says what the test wants. */
async function setFocus(page: Page, focused: boolean): Promise<void> {
  await page.evaluate((has) => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => has });
    dispatchEvent(new Event(has ? 'focus' : 'blur'));
  }, focused);
}

/** Somebody turns to another window. */
export const lookAway = (page: Page) => setFocus(page, false);
export const lookBack = (page: Page) => setFocus(page, true);
