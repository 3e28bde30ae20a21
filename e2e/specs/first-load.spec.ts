import { gzipSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';
import { confirmed, message, send, write } from '../chat.ts';
import { closed, expect, test } from '../people.ts';
import { sizes } from '../sizes.ts';

/** Of all scripts that stand between an address and its messages; gzipped as the server does it. */
const firstLoadBytesMax = 250_000;

/** The paths of the scripts that a page's HTML names, but for those that only browsers without modules take. */
async function scriptsNamedBy(context: BrowserContext, path: string): Promise<readonly string[]> {
  const html = await (await context.request.get(path)).text();
  const modern = html.replaceAll(/<script[^>]*\bnomodule\b[^>]*>/gi, '');
  return [...new Set(modern.match(/\/_next\/static\/chunks\/[^"\\]+\.js/g))];
}

async function gzippedBytes(context: BrowserContext, paths: readonly string[]): Promise<number> {
  const each = paths.map(async (path) => gzipSync(await (await context.request.get(path)).body()).length);
  return (await Promise.all(each)).reduce((sum, bytes) => sum + bytes, 0);
}

for (const { name, device } of sizes) {
  test(`on ${name} ${firstLoadBytesMax / 1000} kB of script are enough to read and to write`, async ({
    person,
  }) => {
    const [ada, bob] = [await person('ada', { ...closed, ...device }), await person('bob', closed)];
    const { id } = await ada.api.conversations.openDirect.mutate({ userId: bob.id });
    await send(bob, id, 'Is the gauge up?');
    const path = `/chats/${id}`;
    const named = await scriptsNamedBy(ada.context, path);
    const bytes = await gzippedBytes(ada.context, named);
    test
      .info()
      .annotations.push({ type: 'first load', description: `${bytes} bytes, ${named.length} scripts` });
    // Fewer than React and Next have alone: then this looked for them in the wrong way.
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(firstLoadBytesMax);

    const refused: string[] = [];
    await ada.page.route(/\.js$/, (route) => {
      const { pathname } = new URL(route.request().url());
      if (named.includes(pathname)) return route.continue();
      refused.push(pathname);
      return route.abort();
    });
    await ada.page.goto(path);
    await expect(message(ada.page, 'Is the gauge up?')).toBeVisible();
    await write(ada.page, 'Since noon.');
    await expect(confirmed(ada.page, 'Since noon.')).toBeAttached();
    // What comes later is asked for later, and a page that does not get it goes on.
    await expect.poll(() => refused.length).toBeGreaterThan(0);
    await expect(message(ada.page, 'Since noon.')).toBeVisible();
  });
}
