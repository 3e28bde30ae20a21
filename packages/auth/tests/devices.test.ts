import { limits } from '@confab/contract';
import { describe, expect, test } from 'vitest';
import { type CookieScope, cookieNames } from '../src/cookie-names.ts';
import { deviceCookie, hashDevice, keepDevice, knownDevice, readDevices } from '../src/devices.ts';

const scope: CookieScope = { installation: 'f00d', origin: 'https://chat.example' };
const ada = 'a'.repeat(24);
const bob = 'b'.repeat(24);

describe('a browser in which somebody signed in', () => {
  test('is known to that account, and to no other', () => {
    const { tokens, hash } = keepDevice(ada, [], null);
    expect(knownDevice(ada, tokens, [hash])).toEqual({ token: tokens[0], hash });
    expect(knownDevice(bob, tokens, [hash])).toBeNull();
    expect(knownDevice(ada, [], [hash])).toBeNull();
  });

  test('is known by a hash that does not lead to its token, and differs between its accounts', () => {
    const { tokens, hash } = keepDevice(ada, [], null);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).not.toContain(tokens[0]);
    expect(hashDevice(bob, tokens[0] ?? '')).not.toBe(hash);
  });

  test('keeps its token when it is known already, and gets a new one whatever it brings otherwise', () => {
    const first = keepDevice(ada, [], null);
    const known = knownDevice(ada, first.tokens, [first.hash]);
    expect(keepDevice(ada, first.tokens, known)).toEqual(first);
    const planted = 'p'.repeat(40);
    const { tokens } = keepDevice(ada, [planted], null);
    expect(tokens[0]).not.toBe(planted);
  });

  test('is known to the last few who signed in there', () => {
    let tokens: readonly string[] = [];
    const hashes = Array.from({ length: limits.accountsPerBrowserMax + 2 }, (_, i) => {
      const kept = keepDevice(String(i), tokens, null);
      tokens = kept.tokens;
      return kept.hash;
    });
    const isKnown = hashes.map((hash, i) => knownDevice(String(i), tokens, [hash]) !== null);
    expect(isKnown).toEqual([false, false, true, true, true, true, true]);
  });
});

describe('the cookie of a browser', () => {
  test('says nothing but random tokens, to the server alone, and comes back as they were', () => {
    const { tokens } = keepDevice(bob, keepDevice(ada, [], null).tokens, null);
    const [pair = '', ...attributes] = deviceCookie(tokens, scope).split('; ');
    expect(pair).toBe(`${cookieNames(scope).device}=${tokens.join('.')}`);
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'Path=/', 'SameSite=Lax']));
    expect(readDevices(`a=b; ${pair}`, scope)).toEqual(tokens);
  });

  test.each([
    ['nothing', '', 0],
    ['no token', `${cookieNames(scope).device}=x.y.z`, 0],
    ['a token among others', `${cookieNames(scope).device}=x.${'a'.repeat(40)}`, 1],
    ['very many', `${cookieNames(scope).device}=${'a.'.repeat(8_000)}`, 0],
    [
      'very many tokens',
      `${cookieNames(scope).device}=${`${'a'.repeat(40)}.`.repeat(300)}`,
      limits.accountsPerBrowserMax,
    ],
  ])('holding %s is read as far as it is of use', (_, header, count) => {
    expect(readDevices(header, scope)).toHaveLength(count);
  });
});
