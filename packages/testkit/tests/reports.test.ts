import { newClientId } from '@confab/contract';
import { type Person, refusal, type World } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { aGroup, type Scene } from './scene.ts';

async function anAdmin(world: World): Promise<Person> {
  const root = await world.person('ruth');
  const { model } = world.backend.core.db.users;
  await model.updateOne({ nameKey: 'ruth' }, { $set: { role: 'admin' } });
  return root;
}

function report({ conversationId }: Scene, { api }: Person, messageId: string, note = '') {
  return api.messages.report({ conversationId, messageId, reason: 'abuse', note });
}

describe('a report', () => {
  it('keeps the text as the reporter saw it, whatever becomes of the message', async () => {
    const s = await aGroup();
    const root = await anAdmin(s.world);
    const message = await s.send(s.ada, 'first');
    await s.edit(s.ada, message, 'second');
    await report(s, s.bob, message.id, 'Look.');
    await s.edit(s.ada, message, 'third');
    await s.remove(s.ada, message);
    const { reports } = await root.api.reports.list({});
    expect(reports).toMatchObject([
      {
        conversationId: s.conversationId,
        messageId: message.id,
        reporter: { name: 'bob' },
        sender: { name: 'ada' },
        reason: 'abuse',
        note: 'Look.',
        text: 'second',
      },
    ]);
  });

  it('is one per reporter and message, the first one', async () => {
    const s = await aGroup();
    const root = await anAdmin(s.world);
    const message = await s.send(s.ada, 'x');
    await Promise.all(['one', 'two', 'three'].map((note) => report(s, s.bob, message.id, note)));
    await report(s, s.ada, message.id, 'mine');
    const first = await root.api.reports.list({ limit: 1 });
    const second = await root.api.reports.list({ limit: 1, cursor: first.nextCursor ?? '' });
    expect([...first.reports, ...second.reports].map(({ reporter }) => reporter?.name)).toEqual([
      'ada',
      'bob',
    ]);
    expect((await root.api.reports.list({})).reports).toHaveLength(2);
  });

  it('is about what the reporter may see: everything else is not found, and a deleted message is gone', async () => {
    const s = await aGroup();
    const root = await anAdmin(s.world);
    const cleo = await s.world.person('cleo');
    const before = await s.send(s.ada, 'before');
    const { conversationId } = s;
    await s.ada.api.members.add({ conversationId, userId: cleo.id });
    expect((await refusal(report(s, cleo, before.id))).code).toBe('NOT_FOUND');
    const change = await s.edit(s.ada, before, 'other');
    expect((await refusal(report(s, s.bob, change.id))).code).toBe('NOT_FOUND');
    await s.remove(s.ada, before);
    expect((await refusal(report(s, s.bob, before.id))).code).toBe('MESSAGE_DELETED');
    expect((await root.api.reports.list({})).reports).toEqual([]);
  });

  it('is for administrators: nobody else lists them, and nobody else is told', async () => {
    const s = await aGroup();
    const message = await s.send(s.ada, 'x');
    await using feed = s.ada.events();
    await feed.until(({ type }) => type === 'live.ready');
    await report(s, s.bob, message.id);
    for (const { api } of [s.ada, s.bob])
      expect((await refusal(api.reports.list({}))).code).toBe('FORBIDDEN');
    await s.ada.api.messages.send({ conversationId: s.conversationId, clientId: newClientId(), text: 'y' });
    await feed.until(({ type }) => type === 'entries.appended');
    const told = feed.events.map(({ type }) => type).filter((type) => type !== 'watermark.raised');
    expect(told).toEqual(['live.ready', 'entries.appended']);
  });
});
