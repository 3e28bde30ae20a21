import { limits } from '@confab/contract';
import { expect, it } from 'vitest';
import { framesOf } from './frames.ts';

const callOf = (id: number, text: string) => ({ id, method: 'mutation', params: { input: { text } } });
const bytesOf = (frame: string) => Buffer.byteLength(frame);
const callsOf = (frame: string): unknown[] => {
  const parsed: unknown = JSON.parse(frame);
  return Array.isArray(parsed) ? parsed : [parsed];
};

it('leaves alone what is one call, or no call', () => {
  const single = JSON.stringify(callOf(1, '語'.repeat(10_000)));
  for (const frame of [single, 'PING', 'PONG', '{}']) expect(framesOf(frame)).toEqual([frame]);
});

it.each([
  ['long messages in three-byte characters', 5, '語'.repeat(10_000)],
  ['long messages in one-byte characters', 30, 'x'.repeat(10_000)],
  ['many short ones', 101, 'x'],
  ['two', 2, 'hello'],
])('%s go in frames of at most 64 KiB and ten calls, all of them, in order', (_, count, text) => {
  const calls = Array.from({ length: count }, (__, id) => callOf(id, text));
  const frames = framesOf(JSON.stringify(calls));
  expect(frames.flatMap(callsOf)).toEqual(calls);
  for (const frame of frames) {
    expect(bytesOf(frame)).toBeLessThanOrEqual(limits.messageBytesMax);
    expect(callsOf(frame).length).toBeLessThanOrEqual(limits.batchCallsMax);
  }
  const bytes = frames.reduce((sum, frame) => sum + bytesOf(frame), 0);
  const fewest = Math.max(Math.ceil(bytes / limits.messageBytesMax), Math.ceil(count / limits.batchCallsMax));
  expect(frames.length).toBeLessThanOrEqual(2 * fewest);
});

it('sends alone a call that is too large by itself: the server says so', () => {
  const calls = [callOf(1, 'x'), callOf(2, 'x'.repeat(70_000)), callOf(3, 'x')];
  expect(framesOf(JSON.stringify(calls)).map(callsOf)).toEqual(calls.map((call) => [call]));
});
