import { describe, expect, test } from 'vitest';
import { clearedSessionCookie, readSessionToken, sessionCookie } from '../src/index.ts';

const token = 'abcdefghijklmnopqrstuvwxyz234567abcdefgh';
const other = 'b'.repeat(40);

describe('the cookie', () => {
  test('is out of reach of scripts and other sites, for 30 days', () => {
    expect(sessionCookie(token, { secure: false }).split('; ').sort()).toEqual(
      [`confab_session=${token}`, 'HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax'].sort(),
    );
  });

  test('is Secure where the origin is https, also when it is taken away', () => {
    expect(sessionCookie(token, { secure: true }).split('; ')).toContain('Secure');
    const cleared = clearedSessionCookie({ secure: true }).split('; ');
    expect(cleared).toEqual(
      expect.arrayContaining(['confab_session=', 'Max-Age=0', 'Secure', 'HttpOnly', 'Path=/']),
    );
  });

  test('comes back as the token', () => {
    const [pair] = sessionCookie(token, { secure: true }).split('; ');
    expect(readSessionToken({ cookie: `theme=dark; ${pair ?? ''}; x=y` })).toBe(token);
  });
});

describe('the token of a request', () => {
  test.each([
    ['no header', {}, null],
    ['an empty cookie header', { cookie: '' }, null],
    ['other cookies', { cookie: 'a=b; confab_session_old=x; xconfab_session=y' }, null],
    ['a cookie without spaces', { cookie: `a=b;confab_session=${token}` }, token],
    ['a malformed value', { cookie: 'confab_session=1234' }, null],
    ['a broken percent escape beside it', { cookie: `a=%E0%A4%A; confab_session=${token}` }, token],
    [
      'a foreign cookie of the same name before it',
      { cookie: `confab_session=evil; confab_session=${token}` },
      token,
    ],
    ['a Bearer token', { authorization: `Bearer ${token}` }, token],
    ['a Bearer token in another case', { authorization: `bearer  ${token}` }, token],
    [
      'a Bearer token beside a cookie',
      { authorization: `Bearer ${token}`, cookie: `confab_session=${other}` },
      token,
    ],
    [
      'a malformed Bearer token beside a cookie',
      { authorization: 'Bearer nonsense', cookie: `confab_session=${other}` },
      'nonsense',
    ],
    [
      'an authorization of another kind beside a cookie',
      { authorization: 'Basic YTpi', cookie: `confab_session=${token}` },
      token,
    ],
  ])('%s', (_, headers, expected) => {
    expect(readSessionToken(headers)).toBe(expected);
  });
});
