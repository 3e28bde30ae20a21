import { composer, conversationRow, message, messageRow, openDirect, openList, write } from '../chat.ts';
import { keptOnDevice } from '../kept-on-device.ts';
import { tap } from '../line.ts';
import { closed, expect, newTab, type JoinPerson, signInElsewhere, test } from '../people.ts';

async function adaWithTwo(person: JoinPerson) {
  const ada = await person('ada', closed);
  const [bob, cleo] = [await person('bob', closed), await person('cleo', closed)];
  const withCleo = await openDirect(ada, cleo);
  const withBob = await openDirect(ada, bob);
  return { ada, bob, cleo, withBob, withCleo };
}

test('a draft is there after a reload and after a full navigation, one for each conversation', async ({
  person,
}) => {
  const { ada, bob, cleo, withBob, withCleo } = await adaWithTwo(person);
  const { page } = ada;
  await composer(page).pressSequentially('For bob,');
  await composer(page).press('Shift+Enter');
  await composer(page).pressSequentially('not sent');
  // At once: nothing waited for the device.
  await page.reload();
  await expect(composer(page)).toHaveValue('For bob,\nnot sent');
  await composer(page).press('Control+End');
  await composer(page).pressSequentially(' yet');
  await page.goto(`/chats/${withCleo}`);
  await expect(page.getByText('Online', { exact: true }).first()).toBeVisible();
  await expect(composer(page)).toHaveValue('');
  await composer(page).fill('For cleo');
  await openList(page);
  await expect(conversationRow(page, bob.name)).toContainText('Draft: For bob, not sent yet');
  await expect(conversationRow(page, cleo.name)).toContainText('Draft: For cleo');
  await page.goto(`/chats/${withBob}`);
  await expect(composer(page)).toHaveValue('For bob,\nnot sent yet');
});

test('control: a browser that keeps nothing loses it', async ({ person }) => {
  const { ada } = await adaWithTwo(person);
  const { page } = ada;
  await page.addInitScript(() => {
    Object.defineProperty(IDBFactory.prototype, 'open', {
      value: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  await page.reload();
  await composer(page).fill('lost');
  await page.reload();
  await expect(page.getByText('This browser keeps nothing for us')).toBeVisible();
  await expect(composer(page)).toHaveValue('');
});

test('what was sent or emptied is no draft any more, in any tab', async ({ person }) => {
  const { ada, bob, withBob } = await adaWithTwo(person);
  const { page } = ada;
  const tab = await newTab(ada, `/chats/${withBob}`);
  await composer(page).fill('Is it there?');
  await expect(composer(tab)).toHaveValue('Is it there?');
  await composer(page).press('Enter');
  await expect(message(tab, 'Is it there?')).toBeVisible();
  await expect(composer(tab)).toHaveValue('');
  await page.reload();
  await expect(message(page, 'Is it there?')).toHaveCount(1);
  await expect(composer(page)).toHaveValue('');
  await composer(page).fill('no');
  await composer(page).fill('');
  await openList(page);
  await expect(conversationRow(page, bob.name)).toContainText('Is it there?');
  await expect(conversationRow(page, bob.name)).not.toContainText('Draft:');
});

test('a draft is erased when the session is ended elsewhere, and is its owner’s alone', async ({
  person,
  stranger,
}) => {
  const { ada, withBob } = await adaWithTwo(person);
  const { page } = ada;
  await composer(page).fill('Nobody is to read this.');
  await expect
    .poll(async () => (await keptOnDevice(page, ada.id))?.drafts)
    .toEqual(['Nobody is to read this.']);
  const phone = await stranger();
  await signInElsewhere(phone, ada);
  const answer = await phone.request.post('/api/trpc/auth.endOtherSessions', {
    headers: { origin: new URL(page.url()).origin },
    data: {},
  });
  expect(answer.ok()).toBe(true);
  await expect(page).toHaveURL('/sign-in?ended=revoked');
  await expect.poll(() => keptOnDevice(page, ada.id)).toBeNull();
  await signInElsewhere(ada.context, ada);
  await page.goto(`/chats/${withBob}`);
  await expect(composer(page)).toBeEditable();
  await expect(composer(page)).toHaveValue('');
});

test('a failed message taken back for editing goes behind the draft, which stays', async ({ person }) => {
  const { ada, bob } = await adaWithTwo(person);
  const { page } = ada;
  const line = await tap(page);
  await page.reload();
  await expect(composer(page)).toBeEditable();
  await line.cut();
  await write(page, 'This is refused.');
  await bob.api.users.block.mutate({ userId: ada.id });
  await composer(page).fill('In the meantime');
  line.mend();
  const failed = messageRow(page, 'This is refused.');
  await failed.getByRole('button', { name: 'Edit' }).click();
  await expect(composer(page)).toHaveValue('In the meantime\nThis is refused.');
});

test('keys cost no more for being kept: one write for a burst of them', async ({ person }) => {
  const { ada } = await adaWithTwo(person);
  const { page } = ada;
  await page.addInitScript(() => {
    const puts = { count: 0 };
    Object.assign(globalThis, { puts });
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value as (
      ...given: unknown[]
    ) => IDBRequest<IDBValidKey>;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: unknown[]) {
      if (this.name === 'drafts') puts.count += 1;
      return put.apply(this, given);
    };
  });
  await page.reload();
  await expect(composer(page)).toBeEditable();
  const count = () => page.evaluate(() => (globalThis as unknown as { puts: { count: number } }).puts.count);
  // All keys in one task: no timer can run between them.
  await composer(page).evaluate((field: HTMLTextAreaElement) => {
    field.focus();
    // Types as a person does, and leaves no time between.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    for (let key = 0; key < 200; key += 1) document.execCommand('insertText', false, 'x');
  });
  await expect(composer(page)).toHaveValue('x'.repeat(200));
  await expect.poll(count).toBe(1);
  expect((await keptOnDevice(page, ada.id))?.drafts).toEqual(['x'.repeat(200)]);
});
