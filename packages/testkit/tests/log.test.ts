import { newClientId } from '@confab/contract';
import { createWorld, refusal } from '../src/index.ts';
import { expect, it, onTestFinished, vi } from 'vitest';

it('sign-ins, failures, sends and receipts are logged by name, without secrets or texts', async () => {
  const lines: string[] = [];
  const world = await createWorld({ logTo: (line) => lines.push(line) });
  onTestFinished(() => world[Symbol.asyncDispose]());
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const door = await world.anonymous();
  await door.auth.signIn({ login: 'ada', password: ada.password });
  await refusal(door.auth.signIn({ login: 'ada', password: 'a wrong secret' }));
  const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
  await using feed = bob.events();
  await feed.until(({ type }) => type === 'live.ready');
  await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'between us' });
  await feed.until(({ type }) => type === 'entries.appended');

  const names = () => lines.map((line) => (JSON.parse(line) as { event: string }).event);
  const expected = [
    'user.registered',
    'user.signedIn',
    'user.signInFailed',
    'message.sent',
    'message.received',
  ];
  await vi.waitFor(() => {
    expect(names()).toEqual(expect.arrayContaining(expected));
  }, 30_000);
  const all = lines.join('\n');
  for (const secret of [ada.password, 'a wrong secret', 'between us', ada.token, '@example.org']) {
    expect(all).not.toContain(secret);
  }
});
