import { randomBytes, randomInt } from 'node:crypto';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  test as base,
} from '@playwright/test';
import { sharedOrigin } from './env.ts';

/** Somebody with a browser of their own. */
export interface Person {
  readonly name: string;
  readonly password: string;
  readonly page: Page;
  readonly context: BrowserContext;
}

export const password = 'correct horse battery';

/** A name that nobody has yet and that reads well in a failure. */
export function freshName(name: string): string {
  return `${name}-${randomBytes(4).toString('hex')}`;
}

/** A browser of somebody's own, seen by the server at an address of its own. */
export function newBrowser(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const address = `10.${[0, 0, 0].map(() => String(randomInt(1, 255))).join('.')}`;
  return browser.newContext({
    baseURL: sharedOrigin(),
    extraHTTPHeaders: { 'x-forwarded-for': address },
    ...options,
  });
}

/** Registers over HTTP, as the form does, and opens the chat. */
export async function join(
  browser: Browser,
  name: string,
  options: BrowserContextOptions & { as?: string } = {},
): Promise<Person> {
  const { as = freshName(name), ...contextOptions } = options;
  const context = await newBrowser(browser, contextOptions);
  const origin = options.baseURL ?? sharedOrigin();
  const answer = await context.request.post(`${origin}/api/trpc/auth.register`, {
    headers: { origin },
    data: { name: as, email: `${as}@example.org`, password },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const page = await context.newPage();
  await page.goto('/chats');
  return { name: as, password, page, context };
}

/** Opens the direct chat from the People section, by search. */
export async function openDirect({ page }: Person, other: Person): Promise<void> {
  await page.goto('/people');
  await page.getByRole('searchbox').fill(other.name);
  await page
    .getByRole('link', { name: other.name })
    .or(page.getByRole('button', { name: other.name }))
    .first()
    .click();
  await expect(composer(page)).toBeFocused();
}

export function composer(page: Page) {
  return page.getByRole('textbox', { name: /^Message / });
}

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** A message on screen. */
export function message(page: Page, text: string) {
  return page.getByRole('log').getByText(text, { exact: true });
}

interface Fixtures {
  /** Registers somebody with a browser of their own, closed after the test. */
  readonly person: (name: string, options?: BrowserContextOptions & { as?: string }) => Promise<Person>;
}

export const test = base.extend<Fixtures>({
  person: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name, options) => {
      const person = await join(browser, name, options);
      contexts.push(person.context);
      return person;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});
export { expect } from '@playwright/test';
