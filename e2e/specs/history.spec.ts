import type { Locator, Page } from '@playwright/test';
import { openPast, type PastMessage } from '../past.ts';
import {
  composer,
  log,
  markAllRead,
  message,
  messageTexts,
  openChat,
  send,
  settled,
  write,
} from '../chat.ts';
import { closed, expect, type Person, test } from '../people.ts';

const minuteMs = 60_000;
/** A long talk, a message every ten minutes, of various lengths. */
function longTalk(people: readonly [Person, Person], count: number): PastMessage[] {
  const start = Date.now() - count * 10 * minuteMs;
  return Array.from({ length: count }, (_, index) => ({
    sender: people[index % 3 === 0 ? 0 : 1],
    text: `message ${String(index + 1)}${' and so on'.repeat((index * 7) % 40)}`,
    at: new Date(start + index * 10 * minuteMs),
  }));
}

async function withHistory(
  people: readonly [Person, Person],
  messages: readonly PastMessage[],
): Promise<string> {
  const [reader, other] = people;
  const { id } = await reader.api.conversations.openDirect.mutate({ userId: other.id });
  await using past = await openPast();
  await past.append(id, messages);
  // Read before: a conversation with something unread opens there, not at its end.
  await markAllRead(reader, id);
  await openChat(reader, id);
  return id;
}

const scrollBy = (list: Locator, px: number) => list.evaluate((element, by) => element.scrollBy(0, by), px);
const distanceToEnd = (list: Locator) =>
  list.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);

/** Holds the answers to requests for messages until they are let through. */
async function holdPages(page: Page) {
  const waiting: (() => void)[] = [];
  await page.route(/messages\.page/, async (route) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    await route.continue();
  });
  return { count: () => waiting.length, letOneThrough: () => waiting.shift()?.() };
}

/**
 * Begins to watch the row in the middle of the view, as it is painted: an intersection is computed after layout and
 * after everything that measures rows, so states that no frame shows do not count.
 * @returns how far it moved until rows had come above, in px
 */
async function watchReading(page: Page): Promise<() => Promise<number>> {
  await settled(log(page));
  const watching = await log(page).evaluateHandle((list) => {
    const middle = list.getBoundingClientRect().top + list.clientHeight / 2;
    const rows = [...list.querySelectorAll('[role=article]')];
    const read = rows.find((row) => row.getBoundingClientRect().bottom > middle);
    if (!read) throw new Error('no message in the middle of the view');
    const [top, height] = [read.getBoundingClientRect().top, list.scrollHeight];
    const paintedTop = () =>
      new Promise<number>((resolve) => {
        const row = document.getElementById(read.id);
        if (!row) {
          requestAnimationFrame(() => {
            resolve(Infinity);
          });
          return;
        }
        const observer = new IntersectionObserver(([entry]) => {
          observer.disconnect();
          resolve(entry?.boundingClientRect.top ?? Infinity);
        });
        observer.observe(row);
      });
    const watch = async () => {
      let moved = 0;
      for (let framesAfter = 0; framesAfter < 20;) {
        moved = Math.max(moved, Math.abs((await paintedTop()) - top));
        if (list.scrollHeight !== height) framesAfter += 1;
      }
      return moved;
    };
    return { done: watch() };
  });
  return () => watching.evaluate(({ done }) => done);
}

test('a long conversation opens at its end; older pages come above without moving what is read', async ({
  person,
}) => {
  const people = [await person('ada', closed), await person('bob', closed)] as const;
  const { page } = people[0];
  await withHistory(people, longTalk(people, 430));
  const list = log(page);
  const rows = list.getByRole('article');
  await expect(rows.last()).toContainText('message 430');
  await expect(rows.last()).toBeInViewport({ ratio: 1 });
  const pages = await holdPages(page);
  const start = page.getByText(`Here starts your conversation with ${people[1].name}.`);
  let loaded = 0;

  for (;;) {
    // Every other page comes while the view stands at the very top.
    while (pages.count() === 0 && (await start.count()) === 0) await scrollBy(list, -300);
    if (pages.count() === 0) break;
    if (loaded % 2 === 1) await scrollBy(list, -100_000);
    const movedBy = await watchReading(page);
    pages.letOneThrough();
    expect.soft(await movedBy(), `by older page ${String(loaded + 1)}`).toBeLessThanOrEqual(1);
    expect(await rows.count()).toBeLessThanOrEqual(400);
    loaded += 1;
  }
  expect(loaded).toBeGreaterThanOrEqual(7);

  await scrollBy(list, -100_000);
  await expect(message(page, 'message 1')).toBeInViewport();
  await expect(start).toBeVisible();
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await expect(rows.last()).toContainText('message 430');
  await expect(rows.last()).toBeInViewport({ ratio: 1 });
  expect(await rows.count()).toBeLessThanOrEqual(400);
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toHaveCount(0);
});

test('while one reads above, new messages are counted and move nothing; at the end they are followed', async ({
  person,
}) => {
  const people = [await person('ada', closed), await person('bob', closed)] as const;
  const [ada, bob] = people;
  const { page } = ada;
  const conversationId = await withHistory(people, longTalk(people, 60));
  const list = log(page);
  await expect(list.getByRole('article').last()).toBeInViewport({ ratio: 1 });
  await send(bob, conversationId, 'you are at the end');
  await expect(message(page, 'you are at the end')).toBeInViewport({ ratio: 1 });

  await scrollBy(list, -900);
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
  const movedBy = await watchReading(page);
  await send(bob, conversationId, 'one below');
  await expect(page.getByRole('button', { name: '1 new message', exact: true })).toBeVisible();
  expect(await movedBy()).toBeLessThanOrEqual(1);
  await send(bob, conversationId, 'two below');
  await page.getByRole('button', { name: '2 new messages' }).click();
  await expect(message(page, 'two below')).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: /new message|Jump/ })).toHaveCount(0);

  await scrollBy(list, -900);
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
  await write(page, 'mine is shown wherever I read');
  await expect(message(page, 'mine is shown wherever I read')).toBeInViewport({ ratio: 1 });
  expect(await distanceToEnd(list)).toBeLessThanOrEqual(2);
  await composer(page).fill('a\nb\nc\nd\ne\nf');
  await expect(message(page, 'mine is shown wherever I read')).toBeInViewport({ ratio: 1 });
});

/** Where the browsers are. */
const dayPart = (at: Date, options: Intl.DateTimeFormatOptions) =>
  at.toLocaleDateString('en-GB', { ...options, timeZone: test.info().project.use.timezoneId });
const yearOf = (at: Date) => dayPart(at, { year: 'numeric' });

/** "Thursday, 13 November 2025"; whether there is a comma differs from browser to browser. */
function dayLabel(at: Date, { withYear }: { withYear: boolean }): RegExp {
  const part = (options: Intl.DateTimeFormatOptions) => dayPart(at, options);
  const day = `${part({ weekday: 'long' })},? ${part({ day: 'numeric' })} ${part({ month: 'long' })}`;
  return new RegExp(`^${day}${withYear ? ` ${part({ year: 'numeric' })}` : ''}$`);
}

test('a separator stands before each local day, and messages close in time share one head', async ({
  person,
}) => {
  const people = [await person('ada', closed), await person('bob', closed)] as const;
  const [ada, bob] = people;
  const { page } = ada;
  const hour = Math.floor(Date.now() / (60 * minuteMs)) * 60 * minuteMs;
  const day = (daysAgo: number, minute: number) =>
    new Date(hour - daysAgo * 24 * 60 * minuteMs + minute * minuteMs);
  const conversationId = await withHistory(people, [
    { sender: ada, text: 'long ago', at: day(400, 0) },
    { sender: ada, text: 'first of three', at: day(2, 0) },
    { sender: ada, text: 'second, close', at: day(2, 4) },
    { sender: ada, text: 'third, later', at: day(2, 10) },
    { sender: bob, text: 'from somebody else', at: day(2, 11) },
    { sender: bob, text: 'on another day', at: day(1, 11) },
  ]);
  // What comes before she is connected came while she was away: a line would stand over it.
  const side = page.getByRole('complementary', { name: 'Conversations' });
  await expect(side.getByText('Online', { exact: true })).toBeVisible();
  await send(bob, conversationId, 'today');
  await expect(message(page, 'today')).toBeVisible();

  const separators = log(page).getByRole('separator');
  const sameYear = yearOf(day(2, 0)) === yearOf(new Date());
  await expect(separators).toHaveText([
    dayLabel(day(400, 0), { withYear: true }),
    dayLabel(day(2, 0), { withYear: !sameYear }),
    'Yesterday',
    'Today',
  ]);
  const heads = await log(page)
    .getByRole('article')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('bdi')?.textContent ?? null));
  expect(await messageTexts(page)).toHaveLength(7);
  expect(heads).toEqual([ada.name, ada.name, null, ada.name, bob.name, bob.name, bob.name]);
  const time = log(page).getByRole('article').filter({ hasText: 'first of three' }).locator('time:visible');
  const at = day(2, 0);
  await expect(time).toHaveAttribute('datetime', at.toISOString());
  await expect(time).toHaveAttribute(
    'title',
    new RegExp(`${dayLabel(at, { withYear: true }).source.slice(0, -1)} at \\d\\d:00$`),
  );
});
