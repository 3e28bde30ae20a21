import { chooseAction, log, mark, message, openChat, openList, reaction, send, write } from '../chat.ts';
import { closed, expect, test } from '../people.ts';
import { countRenders, takeRenderedRows } from '../renders.ts';

test('a message, a reaction, an edit and a tick render the row that they change, and no other', async ({
  person,
}) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { page } = ada;
  const { id } = await ada.api.conversations.openDirect.mutate({ userId: bob.id });
  for (let n = 1; n <= 15; n += 1) {
    await send(bob, id, `bob ${String(n)}`);
    await send(ada, id, `ada ${String(n)}`);
  }
  await countRenders(page);
  await openChat(ada, id);
  await expect(message(page, 'ada 15')).toBeInViewport({ ratio: 1 });
  await expect(mark(page, 'ada 15', 'sent')).toBeAttached();
  // The counter sees what is rendered: opening renders every row that is drawn.
  expect((await takeRenderedRows(page)).first.length).toBeGreaterThan(15);

  await test.step('a new message', async () => {
    await send(bob, id, 'new from bob');
    await expect(message(page, 'new from bob')).toBeVisible();
    // Who writes has read what stands above: the tick of the one message that bob had not read yet changes too.
    await expect(mark(page, 'ada 15', 'read')).toBeAttached();
    const { again, first } = await takeRenderedRows(page);
    expect(again).toEqual(['ada 15']);
    expect(first).toContain('new from bob');
  });

  await test.step('a reaction', async () => {
    const { entries } = await bob.api.messages.page.query({ conversationId: id });
    const target = entries.find((entry) => entry.kind === 'message' && entry.text === 'ada 12');
    if (target?.kind !== 'message') throw new Error('ada 12 is not there');
    const clientId = 'ab'.repeat(16);
    await bob.api.messages.react.mutate({
      conversationId: id,
      messageId: target.id,
      clientId,
      emoji: '🎉',
      on: true,
    });
    await expect(reaction(page, 'ada 12', '🎉 1')).toBeVisible();
    expect((await takeRenderedRows(page)).again).toEqual(['ada 12']);
  });

  await test.step('an edit', async () => {
    await chooseAction(page, 'ada 14', 'Edit');
    const field = page.getByRole('textbox', { name: 'Edit message' });
    // The pointer stood over the menu: once that is gone, it would meet the row beneath, whose toolbar is made then.
    await field.click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    await takeRenderedRows(page);
    await field.fill('ada 14, edited');
    expect((await takeRenderedRows(page)).again).toEqual([]);
    await field.press('Enter');
    await expect(log(page).getByText('ada 14, edited')).toBeVisible();
    expect((await takeRenderedRows(page)).again).toEqual(['ada 14, edited']);
  });

  await test.step('a tick', async () => {
    await openChat(bob, id);
    await expect(mark(page, 'ada 15', 'read')).toBeAttached();
    await takeRenderedRows(page);
    await openList(bob.page);
    await write(page, 'how far am I');
    await expect(mark(page, 'how far am I', 'delivered')).toBeAttached();
    await takeRenderedRows(page);
    await openChat(bob, id);
    await expect(mark(page, 'how far am I', 'read')).toBeAttached();
    expect((await takeRenderedRows(page)).again).toEqual(['how far am I']);
  });
});
