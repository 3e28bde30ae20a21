import { ConfabError } from '@confab/contract';
import { expect, test } from 'vitest';
import { redisAddress } from '../src/redis-address.ts';
import { createWorld, newId } from './world.ts';

test('a Redis on a socket is reached, with its password and in its database', async () => {
  await using world = await createWorld();
  await world.server.client.config('SET', 'requirepass', 'a:b/c');
  const url = `unix://:${encodeURIComponent('a:b/c')}@${encodeURI(world.server.socket)}?db=3`;
  const process = await world.connect({ url });
  expect(process.status()).toEqual({ commands: 'ready', subscriber: 'ready' });
  await process.presence.acquire({ userId: newId(), connectionId: newId() }, 20);
  expect(await world.server.client.info('keyspace')).toMatch(/^db3:/m);
});

test('control: with another password it is away', async () => {
  await using world = await createWorld();
  await world.server.client.config('SET', 'requirepass', 'right');
  const process = await world.connect({ url: `unix://:wrong@${world.server.socket}` });
  expect(process.status().commands).toBe('away');
});

test.each([
  ['unix:///run/redis.sock', { path: '/run/redis.sock', db: 0 }],
  ['unix://localhost/run/redis.sock', { path: '/run/redis.sock', db: 0 }],
  ['unix:///my%20data/redis%3F.sock?db=12', { path: '/my data/redis?.sock', db: 12 }],
  ['unix://:p%40ss@/r.sock', { path: '/r.sock', db: 0, password: 'p@ss' }],
  ['unix://ada:se:cret@/r.sock', { path: '/r.sock', db: 0, username: 'ada', password: 'se:cret' }],
  ['redis://:secret@127.0.0.1:6379/2', 'redis://:secret@127.0.0.1:6379/2'],
  ['rediss://redis.example', 'rediss://redis.example'],
])('%s is understood', (url, address) => {
  expect(redisAddress(url)).toEqual(address);
});

test.each([
  '',
  '/run/redis.sock',
  'unix:',
  'unix://',
  'unix:///',
  'unix://host/r.sock',
  'unix:///%zz',
  'http://x',
])('%j is refused', (url) => {
  expect(() => redisAddress(url)).toThrow(ConfabError);
});
