import { describe, expect, test } from 'vitest';
import { believedScheme, requestOriginReader } from './request-origin.ts';

const lan = 'http://localhost:3000';
const wan = 'https://chat.example';
const originOf = requestOriginReader([lan, wan, 'http://chat.example', 'https://other.example:8443']);

describe('the origin that a request came in by', () => {
  test.each([
    ['the host', { host: 'localhost:3000' }, lan],
    ['the host, in capitals', { host: 'LocalHost:3000' }, lan],
    ['the host, with the port that everybody knows', { host: 'chat.example:443' }, wan],
    ['the host with a port of its own', { host: 'other.example:8443' }, 'https://other.example:8443'],
    [
      'the scheme, where both serve one host',
      { host: 'chat.example', 'x-forwarded-proto': 'http' },
      'http://chat.example',
    ],
    ['https, where nobody says which of both it was', { host: 'chat.example' }, wan],
    [
      'the scheme, where the proxy did not keep the host',
      { host: 'localhost:3000', 'x-forwarded-proto': 'https' },
      wan,
    ],
    ['https, of a foreign host', { host: 'evil.example' }, wan],
    ['https, of another port of a known host', { host: 'other.example:443' }, wan],
    ['https, of no host', {}, wan],
  ])('is told by %s', (_, headers, origin) => {
    expect(originOf(headers)).toBe(origin);
  });

  test('is the only one there is, whatever a request says', () => {
    const only = requestOriginReader([wan]);
    expect(only({ host: 'x', 'x-forwarded-proto': 'http' })).toBe(wan);
  });

  test('is found again from the scheme that the entry passes on', () => {
    for (const host of ['localhost:3000', 'chat.example', 'evil.example', '']) {
      const first = originOf({ host });
      expect(originOf({ host, 'x-forwarded-proto': new URL(first).protocol.slice(0, -1) })).toBe(first);
    }
  });
});

test('a scheme is believed of a trusted proxy only, of several the last one', () => {
  const said = (value: string) => ({ 'x-forwarded-proto': value });
  expect(believedScheme(said('https'), false)).toBeUndefined();
  expect(believedScheme(said('https'), true)).toBe('https');
  expect(believedScheme(said('https, HTTP'), true)).toBe('http');
  expect(believedScheme(said('gopher'), true)).toBeUndefined();
});
