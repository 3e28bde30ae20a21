import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Conversation } from '@confab/contract';
import type { RunningProduct } from '@confab/launcher';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { composer, log } from '../chat.ts';
import { demoPassword, fillWithDemo } from '../demo.ts';
import { apiOf, authenticate, expect, newBrowser, password, test } from '../people.ts';
import { startOwnProduct } from '../product.ts';

const themes = ['light', 'dark'] as const;
const sizes = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
] as const;
const smallest = { width: 320, height: 640 };

interface Screen {
  readonly name: string;
  /** Whose browser opens it. */
  readonly as: 'ada' | 'newcomer' | 'stranger';
  readonly path: (conversations: readonly Conversation[]) => string;
  /** Brings the page there at the size that it has, however often; resolves when it is whole. */
  readonly show: (page: Page) => Promise<void>;
  /** What the browser may report: it calls a missing page an error. */
  readonly reports?: RegExp;
}

const idOf = (conversations: readonly Conversation[], called: string): string => {
  const found = conversations.find(({ name, peer }) => (name ?? peer?.name) === called);
  if (!found) throw new Error(`the demo has no conversation called ${called}`);
  return found.id;
};
const chat = (called: string) => (conversations: readonly Conversation[]) =>
  `/chats/${idOf(conversations, called)}`;

async function showChat(page: Page): Promise<void> {
  await expect(composer(page)).toBeVisible();
  await expect(log(page).getByRole('article').last()).toBeInViewport({ ratio: 1 });
  // A name that is not known yet.
  await expect(page.getByText('…', { exact: true })).toHaveCount(0);
}

/** A column, or what slides over the chat. */
async function showDetails(page: Page): Promise<void> {
  const hide = page.getByRole('button', { name: 'Hide details' });
  await expect(hide.or(page.getByRole('button', { name: 'Details', exact: true })).first()).toBeVisible();
  if (!(await hide.isVisible())) await page.getByRole('button', { name: 'Details', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Actions for bob' })).toBeVisible();
}

const heading = (name: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole('heading', { name }).filter({ visible: true }).first()).toBeVisible();
};
const row = (name: string) => async (page: Page) => {
  await expect(page.getByRole('listitem').filter({ hasText: name, visible: true }).first()).toBeVisible();
};

/** A dialog of the "New conversation" menu, which the phone shows beside the list only. */
const dialog = (item: string) => async (page: Page) => {
  if (await page.getByRole('dialog', { name: item }).isVisible()) return;
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await expect(page.getByRole('dialog', { name: item })).toBeVisible();
};

const screens: readonly Screen[] = [
  { name: 'sign-in', as: 'stranger', path: () => '/sign-in', show: heading('Sign in') },
  {
    name: 'register',
    as: 'stranger',
    path: () => '/register',
    show: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('ada');
      await expect(page.getByText('ada is taken')).toBeVisible();
    },
  },
  { name: 'start', as: 'newcomer', path: () => '/chats', show: row('Welcome desk') },
  { name: 'chats', as: 'ada', path: () => '/chats', show: row('Pier 7 rollout') },
  { name: 'chat-direct', as: 'ada', path: chat('bob'), show: showChat },
  { name: 'chat-group', as: 'ada', path: chat('Pier 7 rollout'), show: showChat },
  { name: 'chat-room', as: 'ada', path: chat('Harbour square'), show: showChat },
  { name: 'details', as: 'ada', path: chat('Pier 7 rollout'), show: showDetails },
  {
    name: 'offline',
    as: 'ada',
    path: chat('Pier 7 rollout'),
    show: async (page) => {
      await showChat(page);
      await page.context().setOffline(true);
      await expect(page.getByText('You are offline.')).toBeVisible();
    },
    reports: /ERR_INTERNET_DISCONNECTED/,
  },
  { name: 'people', as: 'ada', path: () => '/people', show: row('cleo') },
  { name: 'rooms', as: 'ada', path: () => '/rooms', show: row('Harbour square') },
  { name: 'all-rooms', as: 'ada', path: () => '/rooms/all', show: row('Harbour square') },
  { name: 'new-room', as: 'ada', path: () => '/chats', show: dialog('New room') },
  {
    name: 'new-group',
    as: 'ada',
    path: () => '/chats',
    show: async (page) => {
      await dialog('New group')(page);
      await expect(page.getByRole('checkbox', { name: 'cleo' })).toBeVisible();
      if ((await page.getByRole('button', { name: 'Remove bob' }).count()) > 0) return;
      await page
        .locator('label')
        .filter({ has: page.getByRole('checkbox', { name: 'bob' }) })
        .click();
    },
  },
  { name: 'you', as: 'ada', path: () => '/you', show: heading('You') },
  {
    name: 'not-found',
    as: 'ada',
    path: () => '/nowhere/at/all',
    show: heading('Not here'),
    reports: /status of 404/,
  },
  {
    name: 'no-such-chat',
    as: 'ada',
    path: () => `/chats/${'0'.repeat(24)}`,
    show: heading('Not here'),
    reports: /404/,
  },
];

let product: RunningProduct & AsyncDisposable;
let conversations: readonly Conversation[];
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
  // Somebody is there beside her.
  for (const login of ['ada', 'bob', 'cleo', 'noor']) {
    const context = await openBrowser(browser, login);
    await authenticate(context, product.origin, { procedure: 'signIn', login, password: demoPassword });
    if (login !== 'ada') await (await context.newPage()).goto('/chats');
    else ({ conversations } = await apiOf(context, product.origin).conversations.list.query({}));
  }
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

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  expect.soft(told).toEqual([]);
}

for (const screen of screens) {
  test(`${screen.name} fits every width, is accessible in both themes, and reports no error`, async () => {
    const context = browsers.get(screen.as);
    if (!context) throw new Error(`nobody called ${screen.as}`);
    const page = await context.newPage();
    const complained = complaints(page, screen.reports);
    await page.goto(screen.path(conversations));
    const { outputDir } = test.info().project;
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await screen.show(page);
        const file = `${screen.name}-${String(size.width)}-${theme}.png`;
        await page.screenshot({ path: join(outputDir, 'screens', file) });
        await expectAccessible(page);
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
