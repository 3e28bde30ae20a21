import type { Locator, Page } from '@playwright/test';
import { composer, conversationRow, openChat, openDetails, openDirect, openGroup } from '../chat.ts';
import { closed, expect, freshName, type PersonOptions, test } from '../people.ts';

/** The machine's few colours, as Windows' contrast themes give them. */
const forced: PersonOptions = {
  ...closed,
  forcedColors: 'active',
  colorScheme: 'dark',
  reducedMotion: 'reduce',
};

/** What is seen of an element while neither the pointer nor the focus is near it. */
async function seen(page: Page, element: Locator): Promise<string> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  return (await element.screenshot({ animations: 'disabled' })).toString('base64');
}

/** Takes away everything that the product says for these colours. */
async function withoutForcedRules(page: Page): Promise<void> {
  await page.evaluate(() => {
    const clean = (holder: CSSStyleSheet | CSSGroupingRule) => {
      for (let at = holder.cssRules.length - 1; at >= 0; at -= 1) {
        const rule = holder.cssRules[at];
        if (rule instanceof CSSMediaRule && rule.media.mediaText.includes('forced-colors'))
          holder.deleteRule(at);
        else if (rule instanceof CSSGroupingRule) clean(rule);
      }
    };
    for (const sheet of document.styleSheets) clean(sheet);
  });
}

for (const told of [true, false]) {
  const sees = told ? 'are seen' : 'are not, without the rules for them';
  test(`in forced colours the tab, the open conversation, presence, a switch and the theme ${sees}`, async ({
    person,
  }) => {
    const [ada, bob] = [await person('ada', forced), await person('bob', closed)];
    const { page } = ada;
    const [one, two] = [freshName('One'), freshName('Two')];
    await openGroup(one, [ada, bob]);
    const id = await openGroup(two, [ada, bob]);
    const prepare = async () => {
      if (!told) await withoutForcedRules(page);
    };
    const compare = async (on: string, off: string) => {
      if (told) expect.soft(on).not.toBe(off);
      else expect.soft(on).toBe(off);
    };

    const tab = page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Rooms' });
    await prepare();
    const other = await seen(page, tab);
    await tab.click();
    await expect(tab).toHaveAttribute('aria-current', 'page');
    await compare(await seen(page, tab), other);
    await page.getByRole('link', { name: 'Chats' }).click();

    await openChat(ada, id);
    await prepare();
    const open = await seen(page, conversationRow(page, two));
    await conversationRow(page, one).click();
    await expect(page.getByRole('heading', { level: 1, name: one })).toBeVisible();
    await compare(open, await seen(page, conversationRow(page, two)));

    await openDetails(page);
    const history = page.getByRole('switch');
    const track = page.locator('label').filter({ has: history }).locator('span').last();
    await expect(history).not.toBeChecked();
    const knob = track.locator('xpath=..');
    const off = await seen(page, knob);
    await knob.click();
    await expect(history).toBeChecked();
    await compare(await seen(page, knob), off);

    await page.goto('/you');
    await prepare();
    const light = page.getByRole('radio', { name: 'Light' });
    const unchosen = await seen(page, light);
    await light.click();
    await expect(light).toBeChecked();
    await compare(await seen(page, light), unchosen);

    await openDirect(ada, bob);
    await prepare();
    const avatar = conversationRow(page, bob.name).locator('[aria-hidden]').first();
    await expect(conversationRow(page, bob.name)).toContainText('online');
    const there = await seen(page, avatar);
    await bob.page.close();
    await expect(conversationRow(page, bob.name)).not.toContainText('online');
    await compare(there, await seen(page, avatar));
    await expect(composer(page)).toBeVisible();
  });
}
