import { expect, test } from 'vitest';
import { rawRequest, startEntry } from './entry.ts';

const publicOrigins = ['http://localhost:3000', 'https://chat.example'];

/** The headers of the page that somebody gets who names this host. */
async function headOf(port: number, host: string, more = ''): Promise<string> {
  const { text } = await rawRequest(
    port,
    `GET /chats HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`,
  );
  return text.split('\r\n\r\n')[0] ?? '';
}

test('each origin is told of its own transport security', async () => {
  await using entry = await startEntry({ publicOrigins });
  const https = await headOf(entry.server.port, 'chat.example');
  expect(https).toMatch(/^strict-transport-security: max-age=31536000$/im);
  expect(https).toContain('upgrade-insecure-requests');
  const http = await headOf(entry.server.port, 'localhost:3000');
  expect(http).not.toMatch(/strict-transport-security/i);
  expect(http).not.toContain('upgrade-insecure-requests');
});

test('HSTS speaks for the hosts below an origin where that is asked for', async () => {
  await using entry = await startEntry({ publicOrigins, hstsIncludesSubdomains: true });
  expect(await headOf(entry.server.port, 'chat.example')).toMatch(
    /^strict-transport-security: max-age=31536000; includeSubDomains$/im,
  );
  expect(await headOf(entry.server.port, 'localhost:3000')).not.toMatch(/strict-transport-security/i);
});

test('a proxy that is trusted says which scheme its client spoke, and nobody else', async () => {
  const forwarded = 'X-Forwarded-Proto: https\r\n';
  await using open = await startEntry({ publicOrigins });
  expect(await headOf(open.server.port, 'localhost:3000', forwarded)).not.toMatch(/strict-transport/i);
  expect(open.pageHeaders.at(-1)).toMatchObject({ 'x-forwarded-proto': 'http' });
  await using behind = await startEntry({ publicOrigins, trustedProxies: ['127.0.0.1'] });
  expect(await headOf(behind.server.port, 'localhost:3000', forwarded)).toMatch(/strict-transport/i);
  expect(behind.pageHeaders.at(-1)).toMatchObject({ 'x-forwarded-proto': 'https' });
});
