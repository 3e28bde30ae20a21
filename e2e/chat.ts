import { newClientId } from '@confab/contract';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from './people.ts';

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message / });
}

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

export function log(page: Page): Locator {
  return page.getByRole('log');
}

/** A message on screen, by its whole text. */
export function message(page: Page, text: string): Locator {
  return log(page).getByText(text, { exact: true });
}

/** The row of the message with this text: its state, and what can be done about it. */
export function messageRow(page: Page, text: string): Locator {
  return log(page)
    .getByRole('article')
    .filter({ has: page.getByText(text, { exact: true }) });
}

/** The texts of the messages on screen, from top to bottom. */
export function messageTexts(page: Page): Promise<string[]> {
  return log(page).getByRole('article').locator('p[dir=auto]').allTextContents();
}

/** A conversation's row in the side bar. */
export function conversationRow(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Chats' }).getByRole('link', { name });
}

/** Opens the direct chat of two people for the first, over HTTP. @returns its id */
export async function openDirect(person: Person, other: Person): Promise<string> {
  const { id } = await person.api.conversations.openDirect.mutate({ userId: other.id });
  await openChat(person, id);
  return id;
}

/** A group of these people, opened by all of them. @returns its id */
export async function openGroup(name: string, [owner, ...others]: [Person, ...Person[]]): Promise<string> {
  const userIds = others.map(({ id }) => id);
  const { id } = await owner.api.conversations.createGroup.mutate({ clientId: newClientId(), name, userIds });
  for (const person of [owner, ...others]) await openChat(person, id);
  return id;
}

/** Ready to type. */
export async function openChat({ page }: Person, conversationId: string): Promise<void> {
  await page.goto(`/chats/${conversationId}`);
  await expect(composer(page)).toBeEditable();
}

/** Sends without a browser. */
export async function send({ api }: Person, conversationId: string, text: string): Promise<void> {
  await api.messages.send.mutate({ conversationId, clientId: newClientId(), text });
}
