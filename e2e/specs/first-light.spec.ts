import { composer, expect, freshName, message, newBrowser, password, test, write } from '../people.ts';
import { startOwnProduct } from '../product.ts';

test('two newcomers register, find each other and chat; killing every process loses nothing', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  await using product = await startOwnProduct();
  const [adaName, bobName] = [freshName('ada'), freshName('bob')];
  const pages = [];
  for (const name of [adaName, bobName]) {
    const page = await (await newBrowser(browser, { baseURL: product.origin })).newPage();
    await page.goto('/');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await expect(page.getByText(`${name} is free`)).toBeVisible();
    await page.getByLabel('Email').fill(`${name}@example.org`);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page).toHaveURL(/\/chats/);
    pages.push(page);
  }
  const [ada, bob] = pages as [(typeof pages)[0], (typeof pages)[0]];

  await test.step('ada finds bob and writes; bob sees it without a reload and answers', async () => {
    await ada.getByRole('link', { name: 'People' }).first().click();
    await ada.getByRole('searchbox').fill(bobName.slice(0, 6).toUpperCase());
    await ada.getByText(bobName).first().click();
    await expect(composer(ada)).toBeFocused();
    await write(ada, 'Is the gauge up?');
    await expect(message(ada, 'Is the gauge up?')).toBeVisible();
    await bob.getByRole('link', { name: new RegExp(adaName) }).click();
    await expect(message(bob, 'Is the gauge up?')).toBeVisible();
    await write(bob, 'Since noon.');
    await expect(message(ada, 'Since noon.')).toBeVisible();
  });

  const texts = ['Is the gauge up?', 'Since noon.'];
  for (const service of ['ws', 'web', 'redis', 'store'] as const) {
    await test.step(`${service} is killed while they type, comes back, and everything arrives once`, async () => {
      product.kill(service, 'SIGKILL');
      const [fromAda, fromBob] = [`ada while ${service} is down`, `bob while ${service} is down`];
      await write(ada, fromAda);
      await write(bob, fromBob);
      await expect(message(ada, fromAda)).toBeVisible();
      await product.ready();
      texts.push(fromAda, fromBob);
      for (const page of [ada, bob]) {
        for (const text of texts) await expect(message(page, text)).toHaveCount(1, { timeout: 30_000 });
      }
      await expect(ada.getByRole('log').getByRole('img', { name: /sending|not confirmed/i })).toHaveCount(0);
    });
  }

  await test.step('both reload and see all of it, in the same order', async () => {
    const orders = [];
    for (const page of [ada, bob]) {
      await page.reload();
      for (const text of texts) await expect(message(page, text)).toHaveCount(1);
      const all = (await page.getByRole('log').innerText()).split('\n');
      orders.push(all.filter((line) => texts.includes(line)));
    }
    expect(orders[0]).toEqual(orders[1]);
  });
});
