import { describe, expect, test } from 'vitest';
import { type CookieScope, cookieNames } from '../src/cookie-names.ts';
import {
  clearedOldCookie,
  clearedSessionCookie,
  readOldCookie,
  readSessionToken,
  sessionCookie,
} from '../src/session-cookie.ts';

const token = 'abcdefghijklmnopqrstuvwxyz234567abcdefgh';
const other = 'b'.repeat(40);
const plain: CookieScope = { installation: 'f00d', origin: 'http://localhost:3000' };
const secure: CookieScope = { installation: 'f00d', origin: 'https://chat.example' };
const name = cookieNames(plain).session;

describe('the cookie', () => {
  test('is out of reach of scripts and other sites, for as long as a browser keeps one', () => {
    expect(sessionCookie(token, plain).split('; ').sort()).toEqual(
      [`${name}=${token}`, 'HttpOnly', 'Max-Age=34560000', 'Path=/', 'SameSite=Lax'].sort(),
    );
  });

  test('is of its host alone where the origin is https, also when it is taken away', () => {
    const set = sessionCookie(token, secure).split('; ');
    expect(set[0]).toMatch(/^__Host-/);
    // What the prefix asks of it: Secure, the whole host, no Domain.
    expect(set).toEqual(expect.arrayContaining(['Secure', 'Path=/']));
    expect(set.join()).not.toMatch(/domain/i);
    const cleared = clearedSessionCookie(secure).split('; ');
    expect(cleared).toEqual(
      expect.arrayContaining([
        `${cookieNames(secure).session}=`,
        'Max-Age=0',
        'Secure',
        'HttpOnly',
        'Path=/',
      ]),
    );
  });

  test('has a name of its own for every installation, and for every port', () => {
    const scopes: CookieScope[] = [
      plain,
      { ...plain, installation: 'cafe' },
      { ...plain, origin: 'http://localhost:3100' },
      { ...plain, origin: 'http://localhost' },
      secure,
      { ...secure, installation: 'cafe' },
      { ...secure, origin: 'https://chat.example:8443' },
    ];
    expect(new Set(scopes.map((scope) => cookieNames(scope).session)).size).toBe(scopes.length);
    const cookie = scopes.map(
      (scope, i) => `${cookieNames(scope).session}=${String.fromCharCode(97 + i).repeat(40)}`,
    );
    for (const [i, scope] of scopes.entries()) {
      const own = String.fromCharCode(97 + i).repeat(40);
      expect(readSessionToken({ cookie: cookie.join('; ') }, scope)).toBe(own);
    }
  });

  test('comes back as the token', () => {
    const [pair] = sessionCookie(token, secure).split('; ');
    expect(readSessionToken({ cookie: `theme=dark; ${pair ?? ''}; x=y` }, secure)).toBe(token);
  });

  test('of a version before opens nothing, and is found to be taken away', () => {
    const cookie = `confab_session=${token}`;
    expect(readSessionToken({ cookie }, plain)).toBeNull();
    expect(readOldCookie(cookie)).toBe(token);
    expect(clearedOldCookie(plain)).toContain('confab_session=; ');
    expect(clearedOldCookie(plain)).toContain('Max-Age=0');
  });
});

describe('the token of a request', () => {
  test.each<readonly [string, { cookie?: string; authorization?: string }, string | null]>([
    ['no header', {}, null],
    ['an empty cookie header', { cookie: '' }, null],
    ['other cookies', { cookie: `a=b; ${name}-old=${token}; x${name}=${token}; ${token}` }, null],
    ['a cookie without spaces', { cookie: `a=b;${name}=${token}` }, token],
    ['a malformed value', { cookie: `${name}=1234` }, null],
    ['a broken percent escape beside it', { cookie: `a=%E0%A4%A; ${name}=${token}` }, token],
    ['a foreign cookie of the same name before it', { cookie: `${name}=evil; ${name}=${token}` }, token],
    ['a Bearer token', { authorization: `Bearer ${token}` }, token],
    ['a Bearer token in another case', { authorization: `bearer  ${token}` }, token],
    [
      'a Bearer token beside a cookie',
      { authorization: `Bearer ${token}`, cookie: `${name}=${other}` },
      token,
    ],
    [
      'a malformed Bearer token beside a cookie',
      { authorization: 'Bearer nonsense', cookie: `${name}=${other}` },
      'nonsense',
    ],
    ...['Bearer', 'Bearer ', 'bearer   ', 'Bearer a b', '', token, 'Token x', 'Basic'].map(
      (authorization) =>
        [
          `no cookie beside an authorization that says nothing: ${JSON.stringify(authorization)}`,
          { authorization, cookie: `${name}=${other}` },
          null,
        ] as const,
    ),
    ...['Basic YTpi', 'Digest username="a"', 'Negotiate YII=', 'NTLM TlRM'].map(
      (authorization) =>
        [
          `the cookie beside what a proxy in front asked for: ${authorization}`,
          { authorization, cookie: `${name}=${token}` },
          token,
        ] as const,
    ),
  ])('%s', (_, headers, expected) => {
    expect(readSessionToken(headers, plain)).toBe(expected);
  });
});
