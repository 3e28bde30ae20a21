import { newClientId } from '@confab/contract';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from './people.ts';

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message / });
}

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  // Under a finger Enter breaks the line.
  if (await page.evaluate(() => matchMedia('(pointer: coarse)').matches)) {
    await page.getByRole('button', { name: 'Send' }).click();
  } else {
    await composer(page).press('Enter');
  }
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

/** Says that the server has one's own message with this text, however far it got since. */
export function confirmed(page: Page, text: string): Locator {
  return messageRow(page, text).getByText(/^(?:sent|delivered|read)$/);
}

/** How far one's own message with this text got, as screen readers hear it. */
export function mark(page: Page, text: string, delivery: 'sending' | 'sent' | 'delivered' | 'read'): Locator {
  return messageRow(page, text).getByText(delivery, { exact: true });
}

/** A button of the toolbar over the message with this text, which appears under the pointer. */
export async function messageTool(page: Page, text: string, name: string): Promise<Locator> {
  await messageRow(page, text).hover();
  return messageRow(page, text).getByRole('toolbar').getByRole('button', { name });
}

/** Chooses an entry of the menu of the message with this text. */
export async function chooseAction(page: Page, text: string, item: string | RegExp): Promise<void> {
  await (await messageTool(page, text, 'More')).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Reacts by the toolbar. */
export async function react(page: Page, text: string, emoji: string): Promise<void> {
  await (await messageTool(page, text, 'React')).click();
  await page.getByRole('menuitemcheckbox', { name: emoji }).click();
}

/** A chip under the message with this text. */
export function reaction(page: Page, text: string, emoji: string): Locator {
  return messageRow(page, text)
    .getByRole('group', { name: 'Reactions' })
    .getByRole('button', { name: emoji });
}

/** The line over the new messages. */
export function divider(page: Page): Locator {
  return log(page).getByRole('separator').filter({ hasText: 'New messages' });
}

/** The texts of the messages on screen, from top to bottom. */
export function messageTexts(page: Page): Promise<string[]> {
  return log(page)
    .getByRole('article')
    .locator('p[dir=auto]')
    .evaluateAll((texts) =>
      texts.map((text) =>
        [...text.childNodes]
          .filter((node) => !(node instanceof HTMLButtonElement))
          .map((node) => node.textContent)
          .join('')
          .trimEnd(),
      ),
    );
}

/** Resolves when the list has come to rest: what came into view was measured. */
export const settled = (list: Locator) =>
  list.evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        let [last, still] = ['', 0];
        const look = () => {
          const now = `${String(element.scrollTop)} ${String(element.scrollHeight)}`;
          still = now === last ? still + 1 : 0;
          last = now;
          if (still < 5) requestAnimationFrame(look);
          else resolve();
        };
        look();
      }),
  );

/** A conversation's row in the side bar. */
export function conversationRow(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Chats' }).getByRole('link', { name });
}

/** What stands in the place of a conversation that was taken away from somebody who had it open. */
export function lostNote(page: Page, name: string): Locator {
  return page.getByRole('heading', { name: `You are no longer in ${name}` });
}

/** Chooses an entry of a row's menu in the side bar. */
export async function chooseOption(page: Page, name: string, item: string | RegExp): Promise<void> {
  await conversationRow(page, name).hover();
  await page.getByRole('button', { name: `Options for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The details of the open conversation: a column, or what slides over the chat. */
export async function openDetails(page: Page): Promise<void> {
  const hide = page.getByRole('button', { name: 'Hide details' });
  await expect(hide.or(page.getByRole('button', { name: 'Details', exact: true })).first()).toBeVisible();
  if (!(await hide.isVisible())) await page.getByRole('button', { name: 'Details', exact: true }).click();
  await expect(hide).toBeVisible();
}

/** Closes what slides over the chat; a column stays. */
export async function closeDetails(page: Page): Promise<void> {
  const over = page.getByRole('dialog', { name: 'Details' });
  if (await over.isVisible()) await over.getByRole('button', { name: 'Hide details' }).click();
  await expect(over).toHaveCount(0);
}

/** Chooses an entry of a member's menu in the details. */
export async function chooseForMember(page: Page, name: string, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The list with nothing open beside it: a page that is loaded there opens again what was open last. */
export async function openList(page: Page): Promise<void> {
  await page.goto('/people');
  await page.getByRole('link', { name: 'Chats' }).filter({ visible: true }).click();
  await expect(page).toHaveURL('/chats');
}

/** The list, which a phone shows alone. */
export async function showList(page: Page): Promise<void> {
  const back = page.getByRole('link', { name: 'Back' });
  if (await back.isVisible()) await back.click();
}

/** Ticks somebody in a dialog: a press anywhere on their row. */
export async function pick(dialog: Locator, name: string): Promise<void> {
  await dialog.getByLabel('People').fill(name.toUpperCase());
  // Those found before make way.
  await expect(dialog.getByRole('checkbox')).toHaveCount(1);
  await dialog
    .locator('label')
    .filter({ has: dialog.page().getByRole('checkbox', { name }) })
    .click();
  await expect(dialog.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
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

/** As if everything had been seen on another device. */
export async function markAllRead({ api }: Pick<Person, 'api'>, conversationId: string): Promise<void> {
  const { epoch, cursor } = await api.messages.page.query({ conversationId });
  await api.conversations.mark.mutate({ epoch, conversationId, deliveredSeq: cursor, readSeq: cursor });
}

/** Sends without a browser. */
export async function send({ api }: Person, conversationId: string, text: string): Promise<void> {
  await api.messages.send.mutate({ conversationId, clientId: newClientId(), text });
}
