import type { Page } from '@playwright/test';
import {
  composer,
  conversationRow,
  log,
  lostNote,
  mark,
  message,
  messageTexts,
  openChat,
  openDirect,
  openList,
  openGroup,
  settled,
  write,
} from '../chat.ts';
import { tap } from '../line.ts';
import { openPast } from '../past.ts';
import { closed, expect, freshName, newTab, signInElsewhere, test } from '../people.ts';

test('three messages written offline survive a reload, and arrive once and in order', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openDirect(ada, bob);
  await openChat(bob, id);
  await write(ada.page, 'before');
  await expect(message(bob.page, 'before')).toBeVisible();
  const written = ['first', 'second', 'third'];

  await ada.context.setOffline(true);
  await expect(ada.page.getByText('You are offline.')).toBeVisible();
  for (const text of written) await write(ada.page, text);
  await expect(message(ada.page, 'third')).toBeVisible();
  // Without a network the browser has a page of its own for this.
  await ada.page.reload().catch(() => undefined);
  await expect(composer(ada.page)).toHaveCount(0);
  await expect(message(bob.page, 'first')).toHaveCount(0);

  await ada.context.setOffline(false);
  await openChat(ada, id);
  for (const { page } of [ada, bob]) {
    await expect.poll(() => messageTexts(page)).toEqual(['before', ...written]);
  }
  const { entries } = await bob.api.messages.page.query({ conversationId: id });
  expect(entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))).toEqual([
    'before',
    ...written,
  ]);
});

test('two tabs of one person agree: what is sent, what is read, and signing out', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openDirect(ada, bob);
  const other = await newTab(ada, `/chats/${id}`);
  await write(ada.page, 'from the first tab');
  await write(other, 'from the second tab');
  for (const page of [ada.page, other]) {
    await expect.poll(() => messageTexts(page)).toEqual(['from the first tab', 'from the second tab']);
  }
  await openChat(bob, id);
  for (const page of [ada.page, other])
    await expect(mark(page, 'from the second tab', 'read')).toBeAttached();

  await other.goto('/people');
  await openList(ada.page);
  await expect(conversationRow(ada.page, bob.name)).toBeVisible();
  await write(bob.page, 'for both tabs');
  for (const page of [ada.page, other]) await expect(page).toHaveTitle('(1) Confab');
  await conversationRow(ada.page, bob.name).click();
  for (const page of [ada.page, other]) await expect(page).toHaveTitle('Confab');

  await ada.page.getByRole('button', { name: 'Settings' }).click();
  await ada.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(ada.page).toHaveURL('/sign-in');
  await expect(other).toHaveURL(/\/sign-in/);
});

test('two devices of one person agree: what is sent, what is read, what is changed', async ({
  person,
  stranger,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const id = await openDirect(ada, bob);
  const phone = await signInElsewhere(await stranger(), ada);
  await phone.goto(`/chats/${id}`);
  await write(phone, 'from the phone');
  await expect(message(ada.page, 'from the phone')).toBeVisible();
  await openList(ada.page);
  await phone.goto('/people');
  await openChat(bob, id);
  await write(bob.page, 'for both devices');
  for (const page of [ada.page, phone]) await expect(page).toHaveTitle('(1) Confab');
  await phone.goto(`/chats/${id}`);
  await expect(message(phone, 'for both devices')).toBeVisible();
  await expect(ada.page).toHaveTitle('Confab');
  await composer(phone).press('ArrowUp');
  await phone.getByRole('textbox', { name: 'Edit message' }).fill('from the phone, edited');
  await phone.keyboard.press('Enter');
  await conversationRow(ada.page, bob.name).click();
  await expect.poll(() => messageTexts(ada.page)).toEqual(['from the phone, edited', 'for both devices']);
});

/**
 * Frames in which the list of messages showed none of them, from now until told to stop. What measures rows has its turn
 * after a frame's callbacks and before it is painted: only what is still so afterwards was shown.
 */
async function watchForFlash(page: Page) {
  const watch = await log(page).evaluateHandle((list) => {
    const seen = { frames: 0, empty: 0, replaced: 0, stop: false };
    const isEmpty = () => {
      const view = list.getBoundingClientRect();
      return ![...list.querySelectorAll('[role=article]')].some((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > view.top && top < view.bottom;
      });
    };
    const whenPainted = (then: () => void) => {
      const observer = new IntersectionObserver(() => {
        observer.disconnect();
        then();
      });
      observer.observe(list);
    };
    const countEmpty = () => {
      if (isEmpty()) seen.empty += 1;
    };
    const look = () => {
      seen.frames += 1;
      if (!list.isConnected) seen.replaced += 1;
      if (isEmpty()) whenPainted(countEmpty);
      if (!seen.stop) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return seen;
  });
  return () =>
    watch.evaluate((seen) => {
      seen.stop = true;
      return { frames: seen.frames, empty: seen.empty, replaced: seen.replaced };
    });
}

test('500 missed messages come in whole and in order, without a frame of an empty list', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const line = await tap(ada.page);
  const id = await openDirect(ada, bob);
  const { page } = ada;
  await using past = await openPast();
  const texts = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${name} ${String(index + 1)}`);
  const say = (list: readonly string[]) => {
    const start = Date.now();
    return past.append(
      id,
      list.map((text, index) => ({ sender: bob, text, at: new Date(start + index) })),
    );
  };
  await say(texts('seen', 10));
  await expect(message(page, 'seen 10')).toBeInViewport({ ratio: 1 });
  await line.cut();
  await expect(page.getByText('You are offline.')).toBeVisible();
  const missed = texts('missed', 500);
  await say(missed);

  const flash = await watchForFlash(page);
  const mended = Date.now();
  line.mend();
  await expect(message(page, 'missed 1')).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: /new messages$/ })).toBeVisible();
  const took = `${String(Date.now() - mended)} ms from the line's return to where they begin`;
  test.info().annotations.push({ type: 'time', description: took });
  const { frames, ...bad } = await flash();
  expect(frames).toBeGreaterThan(0);
  expect(bad).toEqual({ empty: 0, replaced: 0 });

  const found: string[] = [];
  await log(page).evaluate((list) => {
    list.scrollTop = 0;
  });
  await expect(message(page, 'seen 1')).toBeVisible();
  for (;;) {
    // Rows are drawn after the scroll: a step further before that would pass some by.
    await settled(log(page));
    for (const text of await messageTexts(page)) if (!found.includes(text)) found.push(text);
    if (found.includes('missed 500')) break;
    await log(page).evaluate((list) => {
      list.scrollTop += list.clientHeight;
    });
  }
  expect(found).toEqual([...texts('seen', 10), ...missed]);
});

test('whoever is removed while the chat is open no longer sees it', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Pier 7');
  const conversationId = await openGroup(name, [ada, bob]);
  await write(ada.page, 'for members only');
  await expect(message(bob.page, 'for members only')).toBeVisible();
  await ada.api.members.remove.mutate({ conversationId, userId: bob.id });
  await expect(lostNote(bob.page, name)).toBeVisible();
  await expect(message(bob.page, 'for members only')).toHaveCount(0);
  await expect(conversationRow(bob.page, name)).toHaveCount(0);
});
