import { createLog } from '@confab/log';
import { expect, test } from 'vitest';
import { connectPubsub } from '../src/index.ts';
import { startRedisServer } from './redis-server.ts';
import { newId } from './world.ts';

const withinSeconds = { timeout: 10_000, interval: 20 };

test('a Redis whose disk is full is told from one that is away: events still pass, and it comes back by itself', async () => {
  await using server = await startRedisServer({ fileKiBMax: 16 });
  const events: string[] = [];
  const log = createLog({
    service: 'test',
    level: 'info',
    destination: { write: (line) => void events.push((JSON.parse(line) as { event: string }).event) },
  });
  const pubsub = await connectPubsub({ url: server.url, namespace: newId(), log });
  try {
    expect(pubsub.takesWrites()).toBe(true);
    await server.client.set('big', 'x'.repeat(100_000));
    await expect.poll(() => pubsub.takesWrites(), withinSeconds).toBe(false);
    expect(pubsub.status()).toEqual({ commands: 'ready', subscriber: 'ready' });
    await expect(server.client.set('small', '')).rejects.toThrow('MISCONF');
    const heard: string[] = [];
    const stop = await pubsub.subscribeUser('ada', ({ type }) => void heard.push(type));
    await pubsub.publishToUser('ada', { type: 'session.revoked', sessionId: 's' });
    await expect.poll(() => heard, withinSeconds).toEqual(['session.revoked']);
    await stop();
    // Without its file Redis needs no disk.
    await server.client.config('SET', 'appendonly', 'no');
    await expect.poll(() => pubsub.takesWrites(), withinSeconds).toBe(true);
    // Once for each of the two connections.
    const told = () => events.filter((event) => /takesWrites|refusesWrites/.test(event)).sort();
    const twice = ['refusesWrites', 'refusesWrites', 'takesWrites', 'takesWrites'];
    await expect.poll(told, withinSeconds).toEqual(twice.map((event) => `redis.${event}`));
  } finally {
    await pubsub.close();
  }
});
