import { newClientId } from '@confab/contract';
import type { Page } from '@playwright/test';
import { MongoClient, ObjectId } from 'mongodb';
import { chooseOption, conversationRow, message, openChat, send } from '../chat.ts';
import { sharedProduct } from '../env.ts';
import { closed, expect, freshName, newTab, type Person, test } from '../people.ts';
import { sizes } from '../sizes.ts';

const rows = (page: Page) => page.getByRole('list', { name: 'Chats' }).getByRole('link');

/** Groups of ada and bob, the last one with the latest message. @returns id by name */
async function makeGroups(
  [ada, bob]: [Person, Person],
  names: readonly string[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const name of names) {
    const group = { clientId: newClientId(), name, userIds: [bob.id] };
    const { id } = await ada.api.conversations.createGroup.mutate(group);
    await send(bob, id, `Hello from ${name}.`);
    ids.set(name, id);
  }
  return ids;
}

test('pinning, muting and hiding show at once, in every tab, and are kept', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const names = [freshName('Anchor'), freshName('Buoy'), freshName('Cable')] as const;
  const [anchor, buoy, cable] = names;
  const ids = await makeGroups([ada, bob], names);
  await ada.page.goto('/chats');
  const other = await newTab(ada, '/chats');
  const tabs = [ada.page, other];
  for (const tab of tabs)
    await expect(rows(tab)).toHaveText([cable, buoy, anchor].map((name) => new RegExp(name)));

  await test.step('pinned: above all, whatever comes', async () => {
    await chooseOption(ada.page, anchor, 'Pin');
    for (const tab of tabs) {
      await expect(rows(tab)).toHaveText([anchor, cable, buoy].map((name) => new RegExp(name)));
      await expect(conversationRow(tab, anchor)).toContainText('Pinned');
    }
    await send(bob, ids.get(buoy) ?? '', 'News.');
    for (const tab of tabs) {
      await expect(rows(tab)).toHaveText([anchor, buoy, cable].map((name) => new RegExp(name)));
    }
  });

  await test.step('muted: counted in grey, and not in the title', async () => {
    for (const tab of tabs) await expect(tab).toHaveTitle('(4) Confab');
    await chooseOption(other, buoy, 'Mute');
    for (const tab of tabs) {
      await expect(conversationRow(tab, buoy)).toContainText('Muted');
      await expect(tab).toHaveTitle('(2) Confab');
    }
  });

  await test.step('hidden: gone, back by Undo, back with the next message', async () => {
    await chooseOption(ada.page, cable, 'Hide');
    for (const tab of tabs) await expect(conversationRow(tab, cable)).toHaveCount(0);
    await ada.page.getByRole('button', { name: 'Undo' }).click();
    for (const tab of tabs) await expect(conversationRow(tab, cable)).toBeVisible();
    await chooseOption(ada.page, cable, 'Hide');
    for (const tab of tabs) await expect(conversationRow(tab, cable)).toHaveCount(0);
    await ada.page.reload();
    await expect(rows(ada.page)).toHaveText([anchor, buoy].map((name) => new RegExp(name)));
    await expect(conversationRow(ada.page, buoy)).toContainText('Muted');
    await openChat(ada, ids.get(cable) ?? '');
    await expect(message(ada.page, `Hello from ${cable}.`)).toBeVisible();
    await send(bob, ids.get(cable) ?? '', 'Here again.');
    for (const tab of tabs) await expect(conversationRow(tab, cable)).toBeVisible();
  });
});

test('a row’s menu opens by the right button, by the keyboard, and gives the focus back', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Anchor');
  await makeGroups([ada, bob], [name]);
  await ada.page.goto('/chats');
  await conversationRow(ada.page, name).click({ button: 'right' });
  await expect(ada.page.getByRole('menuitem', { name: 'Pin' })).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await expect(ada.page.getByRole('menu')).toHaveCount(0);

  await conversationRow(ada.page, name).focus();
  await ada.page.keyboard.press('ArrowRight');
  const button = ada.page.getByRole('button', { name: `Options for ${name}` });
  await expect(button).toBeFocused();
  await ada.page.keyboard.press('Enter');
  await expect(ada.page.getByRole('menuitem', { name: 'Pin' })).toBeFocused();
  await ada.page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await ada.page.keyboard.press('Enter');
  await expect(ada.page.getByRole('menuitem', { name: 'Pin' })).toBeFocused();
  await ada.page.keyboard.press('ArrowDown');
  await expect(ada.page.getByRole('menuitem', { name: 'Mute' })).toBeFocused();
  await ada.page.keyboard.press('Enter');
  await expect(conversationRow(ada.page, name)).toContainText('Muted');
});

test('a refused change goes back, and a toast says why', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Anchor');
  await makeGroups([ada, bob], [name]);
  await ada.page.goto('/chats');
  await expect(conversationRow(ada.page, name)).toBeVisible();
  await ada.page.route(/setPreferences/, (route) =>
    route.fulfill({
      status: 403,
      json: [
        {
          error: {
            message: 'You may not do this here.',
            code: -32003,
            data: { code: 'FORBIDDEN', httpStatus: 403, confab: { code: 'FORBIDDEN' } },
          },
        },
      ],
    }),
  );
  await chooseOption(ada.page, name, 'Mute');
  await expect(ada.page.getByText('You may not do this here.', { exact: true })).toBeVisible();
  await expect(conversationRow(ada.page, name)).not.toContainText('Muted');
});

for (const { name: size, device } of sizes.filter(({ device: { hasTouch } }) => hasTouch)) {
  test(`on ${size}: a finger that rests on a row opens its sheet, and opens no chat`, async ({ person }) => {
    const [ada, bob] = [await person('ada', { ...device, ...closed }), await person('bob', closed)];
    const name = freshName('Anchor');
    await makeGroups([ada, bob], [name]);
    const { page } = ada;
    await page.goto('/chats');
    const box = await conversationRow(page, name).boundingBox();
    if (!box) throw new Error('the row is not drawn');
    const finger = await page.context().newCDPSession(page);
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
    const sheet = page.getByRole('dialog', { name: `Options for ${name}` });
    await expect(sheet).toBeVisible();
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(sheet).toBeVisible();
    await sheet.getByRole('button', { name: 'Pin' }).click();
    await expect(sheet).toHaveCount(0);
    await expect(conversationRow(page, name)).toContainText('Pinned');
    await expect(page).toHaveURL('/chats');
  });
}

/** Copies of one conversation of somebody's, empty and at rest for years, put where the server keeps them. */
async function copyConversation(person: Person, conversationId: string, count: number): Promise<void> {
  const mongo = new MongoClient(sharedProduct().mongodbUri);
  try {
    const conversations = mongo.db().collection('conversations');
    const memberships = mongo.db().collection('memberships');
    const original = await conversations.findOne({ _id: new ObjectId(conversationId) });
    const membership = await memberships.findOne({
      userId: new ObjectId(person.id),
      conversationId: new ObjectId(conversationId),
    });
    const copies = Array.from({ length: count }, (_, index) => ({
      ...original,
      _id: new ObjectId(),
      name: `Copy ${String(index)}`,
      headRev: 0,
      appliedRev: 0,
      lastMessageSeq: 0,
      lastActivityAt: new Date(Date.UTC(2020, 0, 1) - index * 60_000),
    }));
    await conversations.insertMany(copies);
    await memberships.insertMany(
      copies.map(({ _id }) => ({ ...membership, _id: new ObjectId(), conversationId: _id })),
    );
  } finally {
    await mongo.close();
  }
}

/** Scrolls the list to its end in steps of a frame. @returns the longest frame, in ms */
async function scrollThrough(page: Page): Promise<number> {
  return page.getByRole('list', { name: 'Chats' }).evaluate(
    (list) =>
      new Promise<number>((resolve) => {
        const scroller = list.parentElement;
        if (!scroller) throw new Error('the list is not in the page');
        let [longest, last] = [0, performance.now()];
        const step = (now: number) => {
          longest = Math.max(longest, now - last);
          last = now;
          const before = scroller.scrollTop;
          scroller.scrollTop += 400;
          if (scroller.scrollTop === before) resolve(longest);
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
  );
}

test('of a thousand conversations those in view are drawn, from the first to the last', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const name = freshName('Anchor');
  const ids = await makeGroups([ada, bob], [name]);
  await copyConversation(ada, ids.get(name) ?? '', 999);
  await ada.page.goto('/chats');
  await expect(conversationRow(ada.page, name)).toBeVisible();
  expect(await rows(ada.page).count()).toBeLessThan(50);
  const longest = await scrollThrough(ada.page);
  test.info().annotations.push({ type: 'time', description: `longest frame ${longest.toFixed(0)} ms` });
  await expect(conversationRow(ada.page, 'Copy 998')).toBeVisible();
  expect(await rows(ada.page).count()).toBeLessThan(50);
});
