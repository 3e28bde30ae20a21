import { expect, test } from 'vitest';
import { jsonDepth } from './read-json-body.ts';

test.each([
  ['', 0],
  ['"[[["', 0],
  ['"a\\"[[[\\\\"', 0],
  ['[]', 1],
  ['[{"a":["]"]},[]]', 3],
  ['['.repeat(100_000), 100_000],
])('depth of %.20s', (text, depth) => {
  expect(jsonDepth(text)).toBe(depth);
});
