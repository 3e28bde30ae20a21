import type { Page } from '@playwright/test';
import { composer, confirmed, conversationRow, message, messageTexts, write } from '../chat.ts';
import { expect, freshName, password, test } from '../people.ts';
import { startOwnProduct } from '../product.ts';

/** Through the form, from the front page to the chat. */
async function register(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await expect(page.getByText(`${name} is free`)).toBeVisible();
  await page.getByLabel('Email').fill(`${name}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL('/chats');
}

test('two newcomers register, find each other and chat; killing each process loses nothing', async ({
  stranger,
}) => {
  test.setTimeout(180_000);
  await using product = await startOwnProduct();
  const [adaName, bobName] = [freshName('ada'), freshName('bob')];
  const ada = await (await stranger({ baseURL: product.origin })).newPage();
  const bob = await (await stranger({ baseURL: product.origin })).newPage();
  await register(ada, adaName);
  await register(bob, bobName);

  await test.step('ada finds bob and writes; bob sees it without a reload and answers', async () => {
    await ada.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'People' }).click();
    await ada.getByRole('searchbox').fill(bobName.slice(0, 6).toUpperCase());
    await ada.getByRole('list', { name: 'People' }).getByRole('button', { name: bobName }).click();
    await expect(composer(ada)).toBeFocused();
    await write(ada, 'Is the gauge up?');
    await expect(message(ada, 'Is the gauge up?')).toBeVisible();
    await conversationRow(bob, adaName).click();
    await expect(message(bob, 'Is the gauge up?')).toBeVisible();
    await write(bob, 'Since noon.');
    await expect(message(ada, 'Since noon.')).toBeVisible();
  });

  const texts = ['Is the gauge up?', 'Since noon.'];
  for (const service of ['ws', 'web', 'redis', 'store'] as const) {
    await test.step(`${service} is killed while they type, comes back, and everything arrives once`, async () => {
      const pid = () => product.services.find(({ name }) => name === service)?.pid;
      const killed = pid();
      await composer(ada).fill(`ada while ${service} is down`);
      await composer(bob).fill(`bob while ${service} is down`);
      product.kill(service, 'SIGKILL');
      await composer(ada).press('Enter');
      await composer(bob).press('Enter');
      await expect(message(ada, `ada while ${service} is down`)).toBeVisible();
      await expect.poll(() => [undefined, killed].includes(pid()), { timeout: 30_000 }).toBe(false);
      await product.ready();
      texts.push(`ada while ${service} is down`, `bob while ${service} is down`);
      for (const [page, own] of [
        [ada, `ada while ${service} is down`],
        [bob, `bob while ${service} is down`],
      ] as const) {
        for (const text of texts) await expect(message(page, text)).toHaveCount(1, { timeout: 30_000 });
        await expect(confirmed(page, own)).toBeAttached({ timeout: 30_000 });
      }
    });
  }

  await test.step('both saw all of it in one order, and see it again after a reload', async () => {
    const order = await messageTexts(ada);
    expect(order.toSorted()).toEqual(texts.toSorted());
    expect(await messageTexts(bob)).toEqual(order);
    for (const page of [ada, bob]) {
      await page.reload();
      await expect.poll(() => messageTexts(page)).toEqual(order);
    }
  });
});
