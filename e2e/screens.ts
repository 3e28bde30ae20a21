import type { Conversation } from '@confab/contract';
import { expect, type Page } from '@playwright/test';
import { composer, log } from './chat.ts';

export interface Screen {
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
  // What stands for a name that is not known yet.
  await expect(log(page).locator('bdi').getByText('…', { exact: true })).toHaveCount(0);
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

/** Beside the list; on a phone the list says it. */
async function showStart(page: Page): Promise<void> {
  const beside = page.getByRole('heading', { name: 'Good to have you here, mira' });
  const inList = page.getByRole('heading', { name: 'No messages yet' });
  await expect(beside.or(inList).filter({ visible: true })).toBeVisible();
}

/** Every screen there is, over the demo's data. */
export const screens: readonly Screen[] = [
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
  { name: 'start', as: 'newcomer', path: () => '/chats', show: showStart },
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
