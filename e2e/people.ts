import { randomBytes, randomInt } from 'node:crypto';
import type { AppRouter } from '@confab/api';
import type { Account } from '@confab/contract';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  test as base,
} from '@playwright/test';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import { sharedProduct } from './env.ts';

/** Somebody with an account and a browser of their own. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Calls procedures over HTTP with this person's session: for what a test needs but is not about. */
  readonly api: TRPCClient<AppRouter>;
}

export interface PersonOptions extends BrowserContextOptions {
  /** The whole name, instead of a fresh one. */
  readonly as?: string;
  /** Opened first; the chat's start by default. Null opens nothing. */
  readonly path?: string | null;
}

/** For somebody whose browser is opened later. */
export const closed: PersonOptions = { path: null };

/** Everybody's. */
export const password = 'correct horse battery';

/** A name that nobody has yet and that reads well in a failure. */
export function freshName(name: string): string {
  return `${name}-${randomBytes(4).toString('hex')}`;
}

/** A browser of somebody's own, seen by the server at an address of its own. */
export function newBrowser(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const address = `10.${[0, 0, 0].map(() => String(randomInt(1, 255))).join('.')}`;
  return browser.newContext({
    baseURL: sharedProduct().origin,
    extraHTTPHeaders: { 'x-forwarded-for': address },
    ...options,
  });
}

/** Registers over HTTP, as the form does, and opens the chat. */
async function join(context: BrowserContext, name: string, path: string | null): Promise<Person> {
  const { origin } = sharedProduct();
  const email = `${name}@example.org`;
  const { id } = await authenticate(context, origin, { procedure: 'register', name, email, password });
  const page = await context.newPage();
  if (path !== null) await page.goto(path);
  return { id, name, email, page, context, api: apiOf(context, origin) };
}

type Credentials =
  | { procedure: 'register'; name: string; email: string; password: string }
  | { procedure: 'signIn'; login: string; password: string };

/** Over HTTP: the browser holds the session's cookie afterwards. */
export async function authenticate(
  context: BrowserContext,
  origin: string,
  { procedure, ...data }: Credentials,
): Promise<Account> {
  const url = `${origin}/api/trpc/auth.${procedure}`;
  const answer = await context.request.post(url, { headers: { origin }, data });
  if (!answer.ok()) throw new Error(`auth.${procedure} was refused: ${await answer.text()}`);
  return ((await answer.json()) as { result: { data: Account } }).result.data;
}

/** Calls procedures over HTTP with the session of a browser. */
export function apiOf(context: BrowserContext, origin: string): TRPCClient<AppRouter> {
  const headers = async () => {
    const cookies = await context.cookies(origin);
    return { origin, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
  };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/api/trpc`, headers })] });
}

/** Another tab of somebody's browser. */
export async function newTab({ context }: Person, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

/** Signs somebody in on another device, whose page opens nothing yet. */
export async function signInElsewhere(context: BrowserContext, { name }: Person): Promise<Page> {
  const { origin } = sharedProduct();
  await authenticate(context, origin, { procedure: 'signIn', login: name, password });
  return context.newPage();
}

export type JoinPerson = (name: string, options?: PersonOptions) => Promise<Person>;

/** What a route still has on its way then would fail another test. */
async function leave(context: BrowserContext): Promise<void> {
  for (const routed of [context, ...context.pages()]) await routed.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
}

interface Fixtures {
  /** Opens a browser of somebody's own, closed after the test. */
  readonly stranger: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  /** Registers somebody with a browser of their own, and opens the chat. */
  readonly person: JoinPerson;
}

export const test = base.extend<Fixtures>({
  stranger: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await newBrowser(browser, options);
      contexts.push(context);
      return context;
    });
    await Promise.all(contexts.map(leave));
  },
  person: async ({ stranger }, use) => {
    await use(async (name, { as = freshName(name), path = '/chats', ...options } = {}) =>
      join(await stranger(options), as, path),
    );
  },
});
export { expect } from '@playwright/test';
