import { expect, test } from 'vitest';
import { returnPath } from './return-path.ts';

test.each(['/chats/0123456789abcdef01234567', '/people', '/rooms/all', '/join'])('%s is kept', (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example',
  '/chats/..//evil.example',
  '/chatsevil',
  '/sign-in',
  '/api/trpc/auth.me',
  '',
  undefined,
  ['/chats', '//evil'],
])('%j leads home', (path) => {
  expect(returnPath(path)).toBe('/chats');
});
