import type { Page } from '@playwright/test';
import { composer, message, openDirect, write } from '../chat.ts';
import { keptOnDevice } from '../kept-on-device.ts';
import { tap } from '../line.ts';
import { closed, expect, password, type Person, signInElsewhere, test } from '../people.ts';
import { openPast } from '../past.ts';

async function signIn(page: Page, { name }: Person): Promise<void> {
  await page.getByLabel('Name or email').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/chats/);
}

/** Somebody who has written what cannot be sent now. */
async function writeUnsent(ada: Person, bob: Person) {
  const line = await tap(ada.page);
  const conversationId = await openDirect(ada, bob);
  await write(ada.page, 'This arrives.');
  await expect(message(ada.page, 'This arrives.')).toBeVisible();
  await expect.poll(async () => (await keptOnDevice(ada.page, ada.id))?.unsent).toEqual([]);
  await line.cut();
  await write(ada.page, 'This waits.');
  await expect.poll(async () => (await keptOnDevice(ada.page, ada.id))?.unsent).toEqual(['This waits.']);
  return { line, conversationId };
}

async function texts(reader: Person, conversationId: string): Promise<string[]> {
  const { entries } = await reader.api.messages.page.query({ conversationId });
  return entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
}

for (const [how, forget] of [
  ['has expired', false],
  ['has expired, and is forgotten by the database,', true],
] as const) {
  test(`a session that ${how} keeps its owner’s unsent messages until they are back`, async ({ person }) => {
    const [ada, bob, eve] = [
      await person('ada', closed),
      await person('bob', closed),
      await person('eve', closed),
    ];
    const { line, conversationId } = await writeUnsent(ada, bob);
    await using past = await openPast();
    await past.expireSessions(ada, { forget });
    line.mend();
    await expect(ada.page).toHaveURL('/sign-in?ended=expired');
    await expect(ada.page.getByText('You are no longer signed in here.')).toBeVisible();
    const kept = await keptOnDevice(ada.page, ada.id);
    expect(kept?.unsent).toEqual(['This waits.']);
    expect(kept?.cache).not.toContain('This arrives.');

    // Somebody else sees nothing of it, and sends nothing of it.
    await signIn(ada.page, eve);
    await expect(ada.page.getByRole('heading', { name: `Good to have you here, ${eve.name}` })).toBeVisible();
    await ada.page.getByRole('button', { name: 'Settings' }).click();
    await ada.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(ada.page).toHaveURL('/sign-in');
    expect(await texts(bob, conversationId)).toEqual(['This arrives.']);

    await signIn(ada.page, ada);
    await expect.poll(() => texts(bob, conversationId)).toEqual(['This arrives.', 'This waits.']);
    await expect.poll(async () => (await keptOnDevice(ada.page, ada.id))?.unsent).toEqual([]);
  });
}

test('a session that was ended from another device erases them', async ({ person, stranger }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { line, conversationId } = await writeUnsent(ada, bob);
  const phone = await stranger();
  await signInElsewhere(phone, ada);
  const answer = await phone.request.post('/api/trpc/auth.endOtherSessions', {
    headers: { origin: new URL(ada.page.url()).origin },
    data: {},
  });
  expect(answer.ok()).toBe(true);
  line.mend();
  await expect(ada.page).toHaveURL('/sign-in?ended=revoked');
  await expect(ada.page.getByText('You were signed out here, or from another device.')).toBeVisible();
  await expect.poll(() => keptOnDevice(ada.page, ada.id)).toBeNull();
  await signIn(ada.page, ada);
  await ada.page.goto(`/chats/${conversationId}`);
  await expect(composer(ada.page)).toBeEditable();
  expect(await texts(bob, conversationId)).toEqual(['This arrives.']);
});

test('so does one whose end no page was there to hear of, and only that', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  await writeUnsent(ada, bob);
  await ada.page.goto('/api/docs');
  await using past = await openPast();
  const revive = await past.expireSessions(ada, { forget: true });
  await ada.page.goto('/chats');
  await expect(ada.page).toHaveURL('/sign-in');
  await expect(ada.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect((await keptOnDevice(ada.page, ada.id))?.unsent).toEqual(['This waits.']);

  await ada.page.goto('/api/docs');
  await revive();
  await ada.api.auth.signOut.mutate();
  await ada.page.goto('/chats');
  await expect(ada.page).toHaveURL('/sign-in');
  await expect.poll(() => keptOnDevice(ada.page, ada.id)).toBeNull();
});
