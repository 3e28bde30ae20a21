import { request } from 'node:http';
import { limits } from '@confab/contract';
import { afterAll, describe, expect, test } from 'vitest';
import { startEntry } from './entry.ts';

const entry = await startEntry();
afterAll(() => entry[Symbol.asyncDispose]());

const commas = ['%2c', ',', '%252C', '%25252C'];

/** Asks for so many calls in one request, with something for a comma between them. */
async function batch(count: number, comma: string, query: string) {
  const path = Array.from({ length: count }, () => 'auth.nameAvailable').join(comma);
  const inputs = JSON.stringify(
    Object.fromEntries(Array.from({ length: count }, (_, i) => [i, { name: 'ada' }])),
  );
  const response = await fetch(
    `${entry.origin}/api/trpc/${path}?${query}&input=${encodeURIComponent(inputs)}`,
  );
  const body = (await response.json()) as unknown;
  return { status: response.status, answers: Array.isArray(body) ? body.length : 1 };
}

const queries = [
  'batch=1',
  'batch=1&batch=1',
  'batch=%31',
  '%62atch=1',
  'batch=0&batch=1',
  'batch=01',
  'batch',
];

describe('a batch', () => {
  test.each(commas.flatMap((comma) => queries.map((query) => [comma, query] as const)))(
    'runs no more calls than it may, whatever its commas are (%s) and its query is (?%s)',
    async (comma, query) => {
      // One call may be asked for 300 times in a head of 16 KiB.
      for (const count of [limits.batchCallsMax + 1, 100]) {
        const { status, answers } = await batch(count, comma, query);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        expect(answers).toBe(1);
      }
    },
  );

  test('of as many calls as it may have is answered, its commas encoded or not', async () => {
    for (const comma of [',', '%2C', '%2c'])
      expect(await batch(limits.batchCallsMax, comma, 'batch=1')).toEqual({
        status: 200,
        answers: limits.batchCallsMax,
      });
  });

  test('has commas that are decoded once: what is encoded twice is a part of a name', async () => {
    expect(await batch(2, '%252C', 'batch=1')).toEqual({ status: 404, answers: 1 });
  });
});

test.each([
  ['PUT', 'application/json'],
  ['DELETE', 'application/json'],
  ['TRACE', 'application/json'],
  ['POST', 'multipart/form-data; boundary=x'],
  ['POST', 'application/octet-stream'],
])('a call by %s of %s is refused, and runs nothing', async (method, type) => {
  const status = await new Promise((resolve, reject) => {
    const call = request(`${entry.origin}/api/trpc/auth.me`, { method, headers: { 'content-type': type } });
    call.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on('error', reject).end();
  });
  expect(status).toBe(400);
});
