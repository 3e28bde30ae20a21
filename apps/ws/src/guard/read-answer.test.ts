import { expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const ids = [0, 1, 42, -7, 1.5, 1e21, 12345678901234567890, '', '1', 'a,b"c\\', '\n', '\ud800', '語', '",'];

it.each(ids)('reads the id %j of an answer, whatever else is in it', (id) => {
  const data = { id: 99, error: 'no', type: 'stopped', text: '"id":7' };
  const frames = [
    [{ id, result: { type: 'data', data } }, false],
    [{ id, jsonrpc: '2.0', result: { type: 'data', id: 'cursor', data } }, false],
    [{ id, result: { type: 'started' } }, false],
    [{ id, result: { type: 'stopped' } }, true],
    [{ id, jsonrpc: '2.0', result: { type: 'stopped' } }, true],
    [{ id, error: { code: -32600, message: 'no' } }, true],
  ] as const;
  for (const [frame, isLast] of frames) {
    const read = readAnswer(JSON.stringify(frame));
    expect(read).toEqual({ id: JSON.parse(JSON.stringify(id)) as unknown, isLast });
  }
});

it.each([
  'PONG',
  '',
  '{"id":null,"error":{}}',
  '{"id":null,"method":"reconnect"}',
  '{"id":"',
  '{"id":1',
  '{"id":{}}',
])('sees that %s answers no request', (frame) => {
  expect(readAnswer(frame)).toBeNull();
});
