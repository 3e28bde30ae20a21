import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { RunningProduct } from '@confab/launcher';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { demoPassword, fillWithDemo } from '../demo.ts';
import { addMorning, type Scene } from '../demo-talk.ts';
import { apiOf, authenticate, expect, newBrowser, password, test } from '../people.ts';
import { startOwnProduct } from '../product.ts';
import { screens } from '../screens.ts';

const themes = ['light', 'dark'] as const;
const sizes = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
] as const;
const smallest = { width: 320, height: 640 };

let product: RunningProduct & AsyncDisposable;
let scene: Scene;
const browsers = new Map<string, BrowserContext>();

async function openBrowser(browser: Browser, name: string): Promise<BrowserContext> {
  const context = await newBrowser(browser, { baseURL: product.origin, reducedMotion: 'reduce' });
  browsers.set(name, context);
  return context;
}

test.beforeAll(async ({ browser }) => {
  product = await startOwnProduct();
  await fillWithDemo(product);
  await openBrowser(browser, 'stranger');
  const newcomer = { procedure: 'register', name: 'mira', email: 'mira@example.org', password } as const;
  await authenticate(await openBrowser(browser, 'newcomer'), product.origin, newcomer);
  const signIn = async (login: string) => {
    const context = await openBrowser(browser, login);
    await authenticate(context, product.origin, { procedure: 'signIn', login, password: demoPassword });
    return { context, api: apiOf(context, product.origin) };
  };
  const [ada, bob, cleo, noor] = [
    await signIn('ada'),
    await signIn('bob'),
    await signIn('cleo'),
    await signIn('noor'),
  ];
  scene = await addMorning({ ada: ada.api, bob: bob.api, cleo: cleo.api, noor: noor.api });
  // Somebody is there beside her.
  for (const { context } of [bob, cleo, noor]) await (await context.newPage()).goto('/chats');
});

test.afterAll(async () => {
  for (const context of browsers.values()) await context.close();
  await product[Symbol.asyncDispose]();
});

test.afterEach(async () => {
  await browsers.get('ada')?.setOffline(false);
});

/** Everything that the browser complains of from now on. */
function complaints(page: Page, expected?: RegExp): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (entry) => {
    // A violation of the content security policy comes here too.
    if (entry.type() === 'error' && !expected?.test(entry.text())) found.push(entry.text());
  });
  return found;
}

/** Neither the page nor one of its panes; a wide thing inside a pane would be cut off. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('html, main, aside, [role=complementary], [role=log], [role=dialog]')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((element) => element.cloneNode(false) as Element)
      .map(({ outerHTML }) => outerHTML),
  );
  expect.soft(wide).toEqual([]);
}

/** Colours only in the second theme: nothing else differs between the two. */
async function expectAccessible(page: Page, theme: (typeof themes)[number], menu = false): Promise<void> {
  // No page here has frames: to gather what several of them say takes a page of its own, and a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (menu) axe.disableRules('region');
  const { violations } = await (theme === 'light' ? axe : axe.withRules('color-contrast')).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  expect.soft(told).toEqual([]);
}

for (const screen of screens) {
  test(`${screen.name} fits every width, is accessible in both themes, and reports no error`, async () => {
    const context = browsers.get(screen.as);
    if (!context) throw new Error(`nobody called ${screen.as}`);
    const page = await context.newPage();
    const complained = complaints(page, screen.reports);
    await page.goto(screen.path(scene));
    const { outputDir } = test.info().project;
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await screen.show(page);
        const file = `${screen.name}-${String(size.width)}-${theme}.png`;
        await page.screenshot({ path: join(outputDir, 'screens', file) });
        await expectAccessible(page, theme, screen.menu);
        await expectNoSidewaysScroll(page);
      }
    }
    await page.setViewportSize(smallest);
    await screen.show(page);
    await expectNoSidewaysScroll(page);
    expect.soft(complained).toEqual([]);
    await page.close();
  });
}

test('the demo’s people are told apart by all ten hues', async () => {
  const page = await browsers.get('ada')?.newPage();
  if (!page) throw new Error('nobody called ada');
  await page.setViewportSize({ width: 1440, height: 1600 });
  await page.goto('/people');
  const rows = page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await expect(rows).toHaveCount(20);
  // Who registered since is none of them.
  const avatars = rows.filter({ hasNotText: 'mira' }).locator('[data-avatar]');
  const hues = await avatars.evaluateAll((all) =>
    all.map((avatar) => /--color-av-(\d)-ink/.exec(avatar.getAttribute('style') ?? '')?.[1] ?? ''),
  );
  // And ada, who looks at them.
  expect(new Set(hues).size).toBe(10);
  const counts = [...new Set(hues)].map((hue) => hues.filter((other) => other === hue).length);
  expect(counts.toSorted()).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  await page.close();
});
