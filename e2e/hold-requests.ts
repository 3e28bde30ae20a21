import type { Page } from '@playwright/test';

/** Holds these requests of a page on their way. Returns how to let them through, and all that follow. */
export async function holdRequests(page: Page, url: RegExp): Promise<() => Promise<void>> {
  const held: (() => Promise<void>)[] = [];
  let open = false;
  await page.route(url, async (route) => {
    if (open) await route.continue();
    // A page that is left takes its requests along.
    else held.push(() => route.continue().catch(() => undefined));
  });
  return async () => {
    open = true;
    await Promise.all(held.map((pass) => pass()));
  };
}
