import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import { conversationRow, divider, log, markAllRead, message, openChat, settled, showList } from '../chat.ts';
import { tap } from '../line.ts';
import { lookAway, lookBack } from '../looking.ts';
import { takePaints, watchPaints } from '../paints.ts';
import { openPast } from '../past.ts';
import { closed, expect, freshName, type JoinPerson, type Person, signInElsewhere, test } from '../people.ts';
import { sizes } from '../sizes.ts';

const unreadMax = 100;

/** A group of ada and bob, in which ada has read everything, and bob goes on writing. */
interface Talk {
  readonly ada: Person;
  readonly bob: Person;
  readonly id: string;
  readonly name: string;
  /** Bob writes so many more: "new 1" is the first one of all. */
  readonly say: (count: number) => Promise<void>;
  /** How many of them ada has read, as the server knows. */
  readonly read: () => Promise<number>;
}

async function beginTalk(person: JoinPerson): Promise<Talk> {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Long talk');
  const { id } = await bob.api.conversations.createGroup.mutate({
    clientId: newClientId(),
    name,
    userIds: [ada.id],
  });
  const start = Date.now() - 3_600_000;
  let said = 0;
  const append = async (texts: readonly string[]) => {
    await using past = await openPast();
    const messages = texts.map((text) => ({ sender: bob, text, at: new Date(start + (said += 1) * 100) }));
    await past.append(id, messages);
  };
  await append(Array.from({ length: 80 }, (_, at) => `old ${String(at + 1)}${' and so on'.repeat(at % 30)}`));
  await markAllRead(ada, id);
  const { cursor } = await ada.api.messages.page.query({ conversationId: id });
  let newOnes = 0;
  return {
    ada,
    bob,
    id,
    name,
    say: (count) =>
      append(
        Array.from(
          { length: count },
          (_, at) => `new ${String((newOnes += 1))}${' and so on'.repeat((at * 7) % 40)}`,
        ),
      ),
    read: async () =>
      (await ada.api.conversations.get.query({ conversationId: id })).conversation.readSeq - cursor,
  };
}

/** The number of the lowest new message whose first line is in view; 0 for none. */
function lowestInView(page: Page): Promise<number> {
  return log(page).evaluate((list) => {
    const { bottom } = list.getBoundingClientRect();
    const rows = [...list.querySelectorAll('[role=article]')];
    const lowest = rows.findLast((row) => row.getBoundingClientRect().top + 24 <= bottom);
    const said = lowest?.querySelector('p[dir=auto]')?.firstChild?.textContent ?? '';
    return Number(/^new (\d+)/.exec(said)?.[1] ?? 0);
  });
}

/** What is read is what was seen, no more, and soon no less. */
async function expectReadAsSeen(page: Page, talk: Talk): Promise<number> {
  await settled(log(page));
  const seen = await lowestInView(page);
  await expect.poll(talk.read).toBe(seen);
  return seen;
}

const title = (unread: number) =>
  unread === 0 ? 'Confab' : `(${unread < unreadMax ? String(unread) : '99+'}) Confab`;

const opensAtDivider = async (page: Page) => {
  await expect(divider(page)).toBeInViewport({ ratio: 1 });
  await settled(log(page));
  expect(await takePaints(page)).toHaveLength(1);
};

for (const count of [301, 812, 5_000]) {
  test(`${String(count)} unread messages: two devices open where they begin, and read what they show`, async ({
    person,
    stranger,
  }) => {
    const talk = await beginTalk(person);
    const { ada, id, name } = talk;
    await talk.say(count);
    const desktop = ada.page;
    const phone = await signInElsewhere(await stranger(sizes[0]?.device), ada);
    for (const page of [desktop, phone]) await watchPaints(page);
    await phone.goto('/chats');
    await expect(conversationRow(phone, name).getByText('99+', { exact: true })).toBeVisible();

    await desktop.goto(`/chats/${id}`);
    await opensAtDivider(desktop);
    const first = await expectReadAsSeen(desktop, talk);
    expect(first).toBeGreaterThan(0);
    // The phone's line stands after what the desktop has shown.
    await conversationRow(phone, name).click();
    await opensAtDivider(phone);
    expect(await expectReadAsSeen(phone, talk)).toBeGreaterThan(first);
    for (const page of [desktop, phone]) await expect(page).toHaveTitle(title(count));

    if (count === 301) {
      // Down by the wheel, through pages that come: what is read is what was passed.
      for (let page = 0; page < 4; page += 1) {
        await log(desktop).evaluate((list) => {
          list.scrollBy(0, list.clientHeight - 100);
        });
        const seen = await expectReadAsSeen(desktop, talk);
        for (const device of [desktop, phone]) await expect(device).toHaveTitle(title(count - seen));
      }
    }
    const pill = phone.getByRole('button', { name: /new messages$/ });
    await pill.click();
    await expect(
      message(phone, `new ${String(count)}${' and so on'.repeat(((count - 1) * 7) % 40)}`),
    ).toBeInViewport();
    await expect(pill).toHaveCount(0);
    await expect.poll(talk.read).toBe(count);
    for (const page of [desktop, phone]) await expect(page).toHaveTitle('Confab');
    expect(await log(phone).getByRole('article').count()).toBeLessThanOrEqual(400);
    await showList(phone);
    await expect(conversationRow(phone, name)).toBeVisible();
    await expect(conversationRow(phone, name).getByText('99+', { exact: true })).toHaveCount(0);
    // The other device stays where it stands.
    if (count > 301) await expect(divider(desktop)).toBeInViewport();
  });
}

for (const count of [301, 2_500]) {
  test(`${String(count)} messages that came while the line was cut begin at a line, and are not read`, async ({
    person,
  }) => {
    const talk = await beginTalk(person);
    const { ada, id } = talk;
    const { page } = ada;
    const line = await tap(page);
    await openChat(ada, id);
    await settled(log(page));
    await line.cut();
    await expect(page.getByText('You are offline.')).toBeVisible();
    await talk.say(count);
    line.mend();
    await expect(divider(page)).toBeInViewport({ ratio: 1 });
    await expectReadAsSeen(page, talk);
    await expect(page).toHaveTitle(title(count));
    await page.getByRole('button', { name: /new messages$/ }).click();
    await expect.poll(talk.read).toBe(count);
    await expect(page).toHaveTitle('Confab');
  });
}

test('messages that come to a window that nobody looks at stop under the line, and are read when they are seen', async ({
  person,
}) => {
  const talk = await beginTalk(person);
  const { ada, id } = talk;
  const { page } = ada;
  await openChat(ada, id);
  await settled(log(page));
  await lookAway(page);
  await talk.say(301);
  await expect(divider(page)).toBeInViewport({ ratio: 1 });
  await settled(log(page));
  await expect(divider(page)).toBeInViewport({ ratio: 1 });
  expect(await talk.read()).toBe(0);
  await expect(page).toHaveTitle(title(301));
  await lookBack(page);
  expect(await expectReadAsSeen(page, talk)).toBeGreaterThan(0);
  await talk.say(1);
  await expectReadAsSeen(page, talk);
});

test('what grows above the line later, as an image does, does not move it', async ({ person }) => {
  const talk = await beginTalk(person);
  const { ada, id } = talk;
  const { page } = ada;
  await talk.say(301);
  await openChat(ada, id);
  await expect(divider(page)).toBeInViewport({ ratio: 1 });
  await settled(log(page));
  const top = () => divider(page).evaluate((line) => line.getBoundingClientRect().top);
  const before = await top();
  const grown = await log(page).evaluate((list) => {
    const view = list.getBoundingClientRect().top;
    const above = [...list.querySelectorAll<HTMLElement>('[role=article]')].filter(
      (row) => row.getBoundingClientRect().bottom < view,
    );
    for (const row of above) row.style.paddingBottom = '120px';
    return above.length;
  });
  expect(grown).toBeGreaterThan(0);
  await settled(log(page));
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  await expectReadAsSeen(page, talk);
});

test('control: a list that is painted twice, and a mark beyond what was seen, are noticed', async ({
  person,
}) => {
  const talk = await beginTalk(person);
  const { ada, id } = talk;
  const { page } = ada;
  await talk.say(301);
  await watchPaints(page);
  await openChat(ada, id);
  await opensAtDivider(page);
  await log(page).evaluate((list) => {
    list.scrollBy(0, 40);
  });
  await settled(log(page));
  expect((await takePaints(page)).length).toBeGreaterThan(0);
  const seen = await expectReadAsSeen(page, talk);
  await markAllRead(ada, id);
  expect(await talk.read()).not.toBe(seen);
});
