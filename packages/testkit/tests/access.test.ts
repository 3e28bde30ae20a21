import { newClientId } from '@confab/contract';
import { createWorld, refusal } from '../src/index.ts';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MemberCache } from '@confab/core/timeline/member-cache';

afterEach(() => {
  vi.restoreAllMocks();
});

/** bob sends here, is removed by another process that this one does not hear, and sends again. */
async function sendAfterRemoval(): Promise<Promise<unknown>> {
  const world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const { id } = await ada.api.conversations.createGroup({
    clientId: newClientId(),
    name: 'G',
    userIds: [bob.id],
  });
  await bob.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'I may' });
  const elsewhere = await ada.via(await world.process());
  await elsewhere.members.remove({ conversationId: id, userId: bob.id });
  return bob.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'I may not' });
}

describe('a send behind the entry that forbids it', () => {
  it('is refused', async () => {
    expect((await refusal(sendAfterRemoval())).code).toBe('NOT_FOUND');
  });

  it('would be stored if a lost race did not make access be read again', async () => {
    vi.spyOn(MemberCache.prototype, 'clear').mockImplementation(() => undefined);
    await expect(sendAfterRemoval()).resolves.toMatchObject({ entry: { text: 'I may not' } });
  });
});

describe('a membership that a dying process left unrecorded', () => {
  it('gets its entry and is counted, once, when joining is tried again', async () => {
    const world = await createWorld();
    onTestFinished(() => world[Symbol.asyncDispose]());
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    const { core } = world.backend;
    const append = vi
      .spyOn(core.timeline, 'append')
      .mockRejectedValueOnce(new Error('the process died here'));
    await expect(bob.api.rooms.join({ conversationId: id })).rejects.toThrow();
    append.mockRestore();
    await Promise.all([
      bob.api.rooms.join({ conversationId: id }),
      bob.api.rooms.join({ conversationId: id }),
    ]);
    const { entries } = await ada.api.messages.page({ conversationId: id });
    expect(entries).toMatchObject([
      { kind: 'created' },
      { kind: 'member', change: 'joined', userId: bob.id },
    ]);
    expect((await ada.api.conversations.get({ conversationId: id })).conversation.memberCount).toBe(2);
  });
});
