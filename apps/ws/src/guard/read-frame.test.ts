import { expect, it } from 'vitest';
import { readFrame } from './read-frame.ts';

const read = (value: unknown, isBinary = false) =>
  readFrame(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), isBinary);
const call = (id: unknown, method = 'query') => ({ id, method, params: { path: 'a.b', input: { x: 1 } } });

it('finds the calls of a frame, single or a batch, in text or in bytes', () => {
  expect(read(call(1))).toEqual({ kind: 'messages', messages: 1, calls: [{ id: 1, method: 'query' }] });
  const stop = { id: 1, method: 'subscription.stop' };
  const batch = [call(1, 'mutation'), call('two', 'subscription'), stop];
  expect(read(batch, true)).toEqual({
    kind: 'messages',
    messages: 3,
    calls: [
      { id: 1, method: 'mutation' },
      { id: 'two', method: 'subscription' },
    ],
  });
});

it.each(['PING', 'PONG'])('knows the word %s', (text) => {
  expect(read(text).kind).toBe('word');
  expect(read(text, true).kind).toBe('broken');
});

it.each([
  ['nothing', ''],
  ['no JSON', '{"id":1'],
  ['a number', '7'],
  ['another method', call(1, 'delete')],
  ['no path', { id: 1, method: 'query', params: {} }],
  ['no id', { method: 'query', params: { path: 'a.b' } }],
  ['parameters of a connection', { method: 'connectionParams', data: { token: 'x' } }],
  ['a batch with one such', [call(1), 7]],
])('calls nothing where tRPC refuses the whole frame: %s', (_, value) => {
  expect(read(value)).toMatchObject({ kind: 'broken', calls: [] });
});

it('does not count what is answered without being called', () => {
  expect(read(call(null)).calls).toEqual([]);
});

it.each([
  ['infinite', JSON.stringify(call('N')).replace('"N"', '1e999')],
  ['very long', call('x'.repeat(65))],
])('tells an id that is %s', (_, value) => {
  expect(read(value).kind).toBe('unanswerable');
});
