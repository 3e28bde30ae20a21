import { expect, type Page } from '@playwright/test';
import { chooseAction, composer, conversationRow, log, messageTool, openDetails } from './chat.ts';
import type { Scene } from './demo-talk.ts';
import { showOtherAccount } from './other-account.ts';

export interface Screen {
  readonly name: string;
  /** Whose browser opens it. */
  readonly as: 'ada' | 'newcomer' | 'stranger';
  readonly path: (scene: Scene) => string;
  /** Brings the page there at the size that it has, however often; resolves when it is whole. */
  readonly show: (page: Page) => Promise<void>;
  /** A menu is open: it belongs to the button that opened it, and stands outside the page's landmarks. */
  readonly menu?: boolean;
  /** What the browser may report: it calls a missing page an error. */
  readonly reports?: RegExp;
}

/** What cleo wrote in ada's private room; see demo-talk.ts. */
const northBasin = 'The north basin is half a metre deeper than in the book.';
/** What ada wrote last in the group; see demo-talk.ts. */
const ownLast = 'Back to the pier, then.';

const idOf = ({ conversations }: Scene, called: string): string => {
  const found = conversations.find(({ name, peer }) => (name ?? peer?.name) === called);
  if (!found) throw new Error(`the demo has no conversation called ${called}`);
  return found.id;
};
const chat = (called: string) => (scene: Scene) => `/chats/${idOf(scene, called)}`;

async function showChat(page: Page): Promise<void> {
  await expect(composer(page)).toBeVisible();
  await expect(log(page).getByRole('article').last()).toBeInViewport({ ratio: 1 });
  // What stands for a name that is not known yet.
  await expect(log(page).locator('bdi').getByText('…', { exact: true })).toHaveCount(0);
}

/** A column, or what slides over the chat. */
async function showDetails(page: Page): Promise<void> {
  await openDetails(page);
  await expect(page.getByRole('button', { name: 'Actions for bob' })).toBeVisible();
}

/** Of a private room that is one's own: everything there is to set. */
async function showOwnRoom(page: Page): Promise<void> {
  await showDetails(page);
  await expect(page.getByText('10 joined')).toBeVisible();
  await expect(page.getByLabel('Slow mode')).toBeVisible();
}

/** A dialog that the details open, once: a new size finds it open. */
const detailsDialog = (name: string, open: (page: Page) => Promise<void>) => async (page: Page) => {
  const dialog = page.getByRole('dialog', { name });
  if (!(await dialog.isVisible())) {
    await openDetails(page);
    await open(page);
  }
  await expect(dialog).toBeVisible();
};

const forMember = (name: string, item: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** The chat, and a sentence at its foot. */
const chatSaying = (sentence: RegExp) => async (page: Page) => {
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(log(page).getByRole('article').last()).toBeVisible();
};

/** The menu of a row in the side bar, which a phone shows alone. */
async function showRowMenu(page: Page): Promise<void> {
  if (await page.getByRole('menu').isVisible()) return;
  await conversationRow(page, 'Pier 7 rollout').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Unpin' })).toBeVisible();
}

/** Somebody's card, from a message of theirs. */
async function showCard(page: Page): Promise<void> {
  const card = page.getByRole('dialog', { name: 'Profile' });
  if (!(await card.isVisible())) {
    await showChat(page);
    await log(page).getByRole('article').getByRole('button', { name: 'bob', exact: true }).last().click();
  }
  await expect(card.getByText('In common')).toBeVisible();
}

/** Under the pointer, on any size: the screenshots are of mice. */
async function showMenu(page: Page): Promise<void> {
  await showChat(page);
  if (await page.getByRole('menu').isVisible()) return;
  await (await messageTool(page, ownLast, 'More')).click();
  await expect(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
}

async function showEmoji(page: Page): Promise<void> {
  await showChat(page);
  if (await page.getByRole('menu').isVisible()) return;
  await (await messageTool(page, ownLast, 'React')).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Party' })).toBeVisible();
}

/** A dialog about a message, opened once: a new size finds it open. */
const messageDialog = (name: string, open: (page: Page) => Promise<void>) => async (page: Page) => {
  const dialog = page.getByRole('dialog', { name });
  if (!(await dialog.isVisible())) {
    await showChat(page);
    await open(page);
  }
  await expect(dialog).toBeVisible();
  const content = dialog.getByRole('listitem').or(dialog.getByRole('radio'));
  await expect(content.or(dialog.getByText('It disappears')).first()).toBeVisible();
};

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
  { name: 'signed-out', as: 'stranger', path: () => '/sign-in?ended=revoked', show: heading('Sign in') },
  { name: 'session-expired', as: 'stranger', path: () => '/sign-in?ended=expired', show: heading('Sign in') },
  { name: 'sign-in-instead', as: 'ada', path: () => '/sign-in?as=bob', show: heading('Sign in') },
  {
    name: 'other-account',
    as: 'ada',
    path: () => '/chats',
    show: showOtherAccount,
    reports: /status of 409/,
  },
  { name: 'start', as: 'newcomer', path: () => '/chats', show: showStart },
  { name: 'chats', as: 'ada', path: () => '/chats', show: row('Pier 7 rollout') },
  { name: 'chat-direct', as: 'ada', path: chat('bob'), show: showChat },
  { name: 'chat-group', as: 'ada', path: chat('Pier 7 rollout'), show: showChat },
  { name: 'chat-room', as: 'ada', path: chat('Harbour square'), show: showChat },
  { name: 'details', as: 'ada', path: chat('Pier 7 rollout'), show: showDetails },
  { name: 'message-menu', as: 'ada', path: chat('Pier 7 rollout'), show: showMenu, menu: true },
  { name: 'reacting', as: 'ada', path: chat('Pier 7 rollout'), show: showEmoji, menu: true },
  {
    name: 'editing',
    as: 'ada',
    path: chat('Pier 7 rollout'),
    show: async (page) => {
      await expect(page.getByRole('textbox', { name: /^(?:Message|Edit message)/ })).toBeVisible();
      if (!(await page.getByText('Editing', { exact: true }).isVisible())) {
        await composer(page).press('ArrowUp');
      }
      await expect(page.getByText('Editing', { exact: true })).toBeVisible();
      await expect(log(page).getByRole('article').last()).toBeInViewport({ ratio: 1 });
    },
  },
  {
    name: 'history',
    as: 'ada',
    path: chat('Pier 7 rollout'),
    show: messageDialog('Edit history', async (page) => {
      await log(page).getByRole('button', { name: 'edited' }).last().click();
    }),
  },
  {
    name: 'seen-by',
    as: 'ada',
    path: chat('Pier 7 rollout'),
    show: messageDialog('Seen by', async (page) => {
      await log(page).getByRole('button', { name: /seen/i }).last().click();
    }),
  },
  {
    name: 'delete',
    as: 'ada',
    path: chat('Pier 7 rollout'),
    show: messageDialog('Delete this message?', async (page) => {
      await chooseAction(page, ownLast, 'Delete for everyone');
    }),
  },
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
  { name: 'chats-menu', as: 'ada', path: () => '/chats', show: showRowMenu, menu: true },
  { name: 'profile', as: 'ada', path: chat('Pier 7 rollout'), show: showCard },
  {
    name: 'report',
    as: 'ada',
    path: chat('Chart room'),
    show: messageDialog('Report this message', async (page) => {
      await chooseAction(page, northBasin, 'Report');
    }),
  },
  {
    name: 'details-direct',
    as: 'ada',
    path: chat('bob'),
    show: async (page) => {
      await openDetails(page);
      await expect(page.getByText('In common')).toBeVisible();
    },
  },
  { name: 'details-own-room', as: 'ada', path: chat('Chart room'), show: showOwnRoom },
  {
    name: 'edit-room',
    as: 'ada',
    path: chat('Chart room'),
    show: detailsDialog('Edit the room', (page) =>
      page.getByRole('button', { name: 'Edit the room' }).click(),
    ),
  },
  {
    name: 'new-invitation',
    as: 'ada',
    path: chat('Chart room'),
    show: detailsDialog('New invitation link', (page) =>
      page.getByRole('button', { name: 'New link' }).click(),
    ),
  },
  {
    name: 'hand-over',
    as: 'ada',
    path: chat('Chart room'),
    show: detailsDialog('Make bob the owner?', forMember('bob', /Hand over/)),
  },
  {
    name: 'mute-member',
    as: 'ada',
    path: chat('Chart room'),
    show: detailsDialog('Mute cleo?', forMember('cleo', /^Mute/)),
  },
  {
    name: 'block',
    as: 'ada',
    path: chat('bob'),
    show: detailsDialog('Block bob?', (page) => page.getByRole('button', { name: 'Block…' }).click()),
  },
  { name: 'blocked', as: 'ada', path: chat('noor'), show: chatSaying(/^You blocked noor\./) },
  {
    name: 'muted',
    as: 'ada',
    path: chat('Quay radio'),
    show: chatSaying(/^A moderator muted you here until/),
  },
  {
    name: 'slow-mode',
    as: 'ada',
    path: chat('Tide questions'),
    show: async (page) => {
      await showChat(page);
      await expect(page.getByRole('timer')).toBeVisible();
    },
  },
  { name: 'join', as: 'ada', path: ({ code }) => `/join#${code}`, show: heading('Chart room') },
  {
    name: 'join-gone',
    as: 'ada',
    path: () => `/join#${'x'.repeat(27)}`,
    show: heading('Not valid any more'),
    reports: /404/,
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
