import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

const needed = { MONGODB_URI: 'mongodb://127.0.0.1/confab', REDIS_URL: 'redis://127.0.0.1' };

test('what is missing or wrong is told all at once', () => {
  expect(() => readEnv({ WEB_PORT: 'many', REDIS_URL: 'http://x', WS_INTERNAL_URL: 'ftp://x' })).toThrow(
    /MONGODB_URI[^]*REDIS_URL[^]*WEB_PORT[^]*WS_INTERNAL_URL/,
  );
});

test('a variable that is set to nothing has its default', () => {
  expect(readEnv({ ...needed, WEB_PORT: '', PUBLIC_ORIGIN: '' })).toMatchObject({
    WEB_PORT: 3000,
    WEB_HOST: 'localhost',
    PUBLIC_ORIGIN: ['http://localhost:3000'],
    TRUSTED_PROXIES: [],
  });
});

test('the public origin follows the port unless it is given', () => {
  expect(readEnv({ ...needed, WEB_PORT: '4000' }).PUBLIC_ORIGIN).toEqual(['http://localhost:4000']);
  const given = 'https://a.example, https://b.example';
  expect(readEnv({ ...needed, PUBLIC_ORIGIN: given }).PUBLIC_ORIGIN).toEqual([
    'https://a.example',
    'https://b.example',
  ]);
});

test('a public origin is the one that browsers send, however it is written', () => {
  const given = 'HTTPS://Chat.Example.org:443/, http://LOCALHOST:80, https://bücher.example:8443/';
  expect(readEnv({ ...needed, PUBLIC_ORIGIN: given }).PUBLIC_ORIGIN).toEqual([
    'https://chat.example.org',
    'http://localhost',
    'https://xn--bcher-kva.example:8443',
  ]);
});

test.each([
  ['https://example.org/chat', /PUBLIC_ORIGIN.*has a path.*https:\/\/example\.org\./],
  ['https://example.org/?a=b', /PUBLIC_ORIGIN.*has a path/],
  ['https://ada:secret@example.org', /PUBLIC_ORIGIN.*must not hold a name or a password/],
  ['chat.example.org', /PUBLIC_ORIGIN.*is not an address/],
  ['ftp://example.org', /PUBLIC_ORIGIN.*must start with https/],
])('%s as a public origin is refused by name, and says what to write', (PUBLIC_ORIGIN, problem) => {
  expect(() => readEnv({ ...needed, PUBLIC_ORIGIN })).toThrow(problem);
});
