import { expect, test } from 'vitest';
import { originForm } from './origin-form.ts';

test.each([
  ['/api/me?a=http://b/c', '/api/me?a=http://b/c'],
  ['http://x/api/me?a=1', '/api/me?a=1'],
  ['HTTPS://x:1//ws', '//ws'],
  ['http://x', '/'],
  ['http://x?a=/b', '/?a=/b'],
  ['*', '*'],
])('%s is %s', (target, form) => {
  expect(originForm(target)).toBe(form);
});
