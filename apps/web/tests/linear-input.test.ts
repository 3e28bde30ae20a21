import {
  addressKey,
  believedScheme,
  clientAddressReader,
  createRestApi,
  requestOriginReader,
} from '@confab/api';
import * as contract from '@confab/contract';
import { createLog } from '@confab/log';
import { createWorld, growsLinearly } from '@confab/testkit';
import { initials, linkify } from '@confab/ui';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { hasUsableHost, originForm, pathOf } from '../server/origin-form.ts';
import { jsonDepth } from '../server/read-json-body.ts';
import { upgradeHeaders } from '../server/upgrade-headers.ts';
import { tidyText } from '../src/features/messages/tidy-text.ts';
import { deviceOf } from '../src/lib/device-of.ts';
import { returnPath } from '../src/lib/return-path.ts';

type Work = (text: string) => unknown;

const addressOf = clientAddressReader(['0.0.0.0/0', '::/0']);
const originOf = requestOriginReader(['https://chat.example', 'http://localhost:3000']);
const log = createLog({ service: 'test', level: 'info', destination: { write: () => undefined } });

const world = await createWorld();
afterAll(() => world[Symbol.asyncDispose]());
const rest = createRestApi({ backend: world.backend, log });
/** Asks the REST API, which is answered before anybody is known. */
const ask = (url: string, headers: Record<string, string> = {}) =>
  rest.answer({
    method: 'GET',
    url,
    headers,
    address: '',
    readBody: async () => '',
    openContext: () => Promise.reject(new contract.ConfabError('UNAVAILABLE')),
  });
const contextOf = (headers: Record<string, string>) =>
  world.backend.createContext({ connection: { transport: 'server' }, headers, clientAddress: '' });

/** Everything of ours that reads what a client wrote; names and texts through the schemas, as they arrive. */
const readers: Record<string, Work> = {
  jsonDepth,
  originForm,
  'originForm of a URL': (text) => originForm(`http://${text}`),
  pathOf: (text) => pathOf({ url: text }),
  hasUsableHost: (text) => hasUsableHost({ headers: { host: text } }),
  upgradeHeaders: (text) => upgradeHeaders({ host: text, cookie: text }),
  'an address that was forwarded': (text) =>
    addressOf({ socket: { remoteAddress: '::1' }, headers: { 'x-forwarded-for': text } } as never),
  'a scheme that was forwarded': (text) => believedScheme({ 'x-forwarded-proto': text }, true),
  'the origin of a request': (text) => originOf({ host: text, 'x-forwarded-proto': text }),
  addressKey,
  returnPath,
  'returnPath of a page': (text) => returnPath(`/chats/${text}`),
  deviceOf,
  tidyText,
  linkify,
  initials,
  'a path of the API': (text) => ask(`/api/${text}`),
  'a segment of it': (text) => ask(`/api/conversations/${text}/messages`),
  'a query': (text) => ask(`/api/users?${text}`),
  'a parameter': (text) => ask(`/api/users?prefix=${text}&limit=${text}`),
  'If-None-Match': (text) => ask('/api/openapi.json', { 'if-none-match': text }),
  'a cookie': (text) => contextOf({ cookie: text, 'user-agent': text }),
  'a session’s cookie': (text) => contextOf({ cookie: `confab_session=${text}` }),
  'a token': (text) => contextOf({ authorization: `Bearer ${text}` }),
  'a line of the log': (text) => {
    log.info('test.happened', { path: text });
  },
};

const schemas = Object.entries<unknown>(contract).filter(
  (entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType,
);

/** A schema, and each field of an object, by a name. */
function fieldsOf([name, schema]: [string, z.ZodType]): [string, z.ZodType][] {
  if (!(schema instanceof z.ZodObject)) return [[name, schema]];
  const shape = Object.entries<z.ZodType>(schema.shape);
  return [[name, schema], ...shape.map(([field, inner]): [string, z.ZodType] => [`${name}.${field}`, inner])];
}

/** What patterns stumble over when it is repeated: quotes, escapes, runs, marks, links, halves of characters. */
const units = [
  ...[
    'a',
    ' ',
    '\n',
    '"',
    '\\"',
    '"\\"',
    '(',
    ')',
    '[',
    '{"a":',
    '.',
    ',',
    '@',
    'a@a.',
    '%',
    '%41',
    ';',
    '=',
    '&',
    '/',
  ],
  ...[
    '/..',
    '0',
    '1.',
    '127.0.0.1,',
    '::1,',
    'http://',
    'http://a ',
    'http://a)',
    'a://',
    '\0',
    '\u0301\u0316',
    '\ud800',
  ],
  ...['👩🏽\u200d', '🇦', 'ﷺ', 'ß', '\u202e', '가'],
];
/** A text of this length: the unit alone, and between what keeps a pattern from beginning or from ending. */
const forms: ((run: string) => string)[] = [(run) => run, (run) => `"a${run}b`];

function text(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/** Those of the units, in one of the forms, with which the work grows faster than its input. */
async function stumblingStones(work: Work, over = units): Promise<string[]> {
  const stones: string[] = [];
  for (const unit of over)
    for (const form of forms)
      if (!(await growsLinearly((length) => work(form(text(unit, length)))))) stones.push(unit);
  return stones;
}

test.each(Object.entries(readers))(
  '%s reads 64 KiB of anything in eight times the time of 8',
  async (_, work) => {
    expect(await stumblingStones(work)).toEqual([]);
  },
);

test('every input of a procedure is judged in one pass, in its fields, its items and its keys', async () => {
  const hard = ['a', ' ', '\n', '.', '@', 'a@a.', '\u0301\u0316', '\ud800', '👩🏽\u200d', 'ﷺ'];
  for (const [name, schema] of schemas.flatMap(fieldsOf)) {
    expect([name, await stumblingStones((value) => schema.safeParse(value), hard)]).toEqual([name, []]);
    const items = (length: number) => schema.safeParse(Array.from({ length: length / 4 }, () => 'a'));
    const keys = (length: number) =>
      schema.safeParse(
        Object.fromEntries(Array.from({ length: length / 8 }, (_, i) => [`k${String(i)}`, 1])),
      );
    expect([name, await growsLinearly(items), await growsLinearly(keys)]).toEqual([name, true, true]);
  }
});

/** As some of it was read before. */
const depthByPattern: Work = (body) => [...body.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)].length;
const tidiedByPattern: Work = (written) => written.replace(/^\s*\n|\s+$/g, '');

const gatheredByCopy: Work = (query) =>
  query.split('&').reduce<readonly string[]>((values, value) => [...values, value], []);

test.each([
  ['parameters, copied', gatheredByCopy, '&', 8_192],
  ['the depth of a body, by a pattern', depthByPattern, '\\"', 16_384],
  ['a tidied message, by a pattern', tidiedByPattern, ' ', 16_384],
])('(control) %s costs the square of its length', async (_, work, unit, most) => {
  // A quarter of the length is a sixteenth of the time.
  expect(await growsLinearly((length) => work(`"a${text(unit, length)}b`), most)).toBe(false);
});
