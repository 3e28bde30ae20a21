import { newClientId } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { commandsOf } from './commands.ts';
import { examinedBy } from './examined.ts';
import { aWorld, scene } from './scene.ts';

/** bob's list: `groups` of ada's, each with one message that he has read, and first one direct conversation. */
async function aList(groups: number) {
  const world = await aWorld({ monitorCommands: true });
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const { id: direct } = await ada.api.conversations.openDirect({ userId: bob.id });
  await scene(world, { ada, bob, conversationId: direct }).send(bob, 'hello');
  await bob.api.conversations.setPreferences({ conversationId: direct, pinned: true });
  for (let i = 0; i < groups; i++) {
    const group = { clientId: newClientId(), name: `G${String(i)}`, userIds: [bob.id] };
    const { id } = await ada.api.conversations.createGroup(group);
    const each = scene(world, { ada, bob, conversationId: id });
    await each.send(ada, 'x');
    await each.mark(bob, { readSeq: 2 });
  }
  return { world, bob };
}

const finds = (sent: readonly string[]) => sent.filter((command) => command.startsWith('find ')).toSorted();

describe('a page of the list', () => {
  it('is six commands, whatever its number of rows, and reads each row’s last message once', async () => {
    const { world, bob } = await aList(15);
    const { during } = commandsOf(world);
    for (const limit of [4, 16]) {
      expect(finds(await during(() => bob.api.conversations.list({ limit })))).toEqual([
        'find blocks',
        'find conversations',
        'find memberships',
        'find timeline',
        'find timeline',
        'find users',
      ]);
    }
    const examined = await examinedBy(world, () => bob.api.conversations.list({}));
    const documents = Object.fromEntries(
      ['memberships', 'conversations', 'users', 'timeline'].map((name) => [
        name,
        examined
          .filter(({ collection }) => collection === name)
          .reduce((sum, each) => sum + each.documents, 0),
      ]),
    );
    // Nothing is pending, and nothing unread: of the log it is the last messages alone.
    expect(documents).toEqual({ memberships: 16, conversations: 16, users: 1, timeline: 16 });
  });

  it('asks the log itself where a hint ran ahead of it, and only there', async () => {
    const { world, bob } = await aList(3);
    const { conversations } = (await bob.api.conversations.list({})) as {
      conversations: readonly { id: string; lastMessage: unknown }[];
    };
    const row = conversations[1];
    const hints = { headRev: 9, lastMessageSeq: 9 };
    await world.backend.core.db.conversations.raiseHints(row?.id ?? '', hints);
    const { during } = commandsOf(world);
    let listed: unknown;
    const sent = await during(async () => {
      listed = (await bob.api.conversations.list({})).conversations.find(
        ({ id }) => id === row?.id,
      )?.lastMessage;
    });
    expect(listed).toEqual(row?.lastMessage);
    // And once more to count what is unread above what was read: the hint says that there may be something.
    expect(finds(sent).filter((command) => command === 'find timeline')).toHaveLength(4);
  });

  it('finds a last message that the hint does not know of: whoever stored it died before raising it', async () => {
    const { world, bob } = await aList(1);
    const { core } = world.backend;
    const group = (await bob.api.conversations.list({})).conversations.find(({ kind }) => kind === 'group');
    const draft = {
      kind: 'message' as const,
      messageType: 'text' as const,
      text: 'unannounced',
      senderId: bob.id,
      clientId: newClientId(),
      bodyHash: '',
      createdAt: new Date(),
    };
    const entry = { ...draft, id: 'a'.repeat(24), conversationId: group?.id ?? '', rev: 3 };
    await core.db.timeline.insertBatch([entry]);
    const { conversations } = await bob.api.conversations.list({});
    expect(conversations.find(({ id }) => id === group?.id)?.lastMessage).toMatchObject({
      text: 'unannounced',
    });
  });
});
