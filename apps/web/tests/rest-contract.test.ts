import { errorTable, limits } from '@confab/contract';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEntry } from './entry.ts';
import { restClient } from './rest-client.ts';
import {
  answerPointer,
  type ApiDocument,
  callRow,
  operationsOf,
  schemasOf,
  textsOf,
  urlOf,
} from './rest-document.ts';
import { malformed } from './rest-malformed.ts';
import { everythingStored, openScene, type Row, rows, type Scene } from './rest-scene.ts';

const entry = await startEntry();
afterAll(() => entry[Symbol.asyncDispose]());
const call = restClient(entry.origin);
const document = (await call('GET /api/openapi.json')).body as ApiDocument;
const schemaAt = schemasOf(document);
const operations = operationsOf(document);
const named = operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);
const isOpen = ({ security }: (typeof operations)[number]) => security?.length === 0;

function rowOf(operationId: string, scene: Scene): Row {
  const row = rows[operationId];
  if (!row) throw new Error(`no row for ${operationId}`);
  return row(scene);
}

function expectValid(pointer: string, value: unknown): void {
  const validate = schemaAt(pointer);
  expect({ valid: validate(value), errors: validate.errors, value }).toMatchObject({ valid: true });
}

describe('the document', () => {
  test('is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  test('has a row in the table of good requests for each operation, and no operation twice', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(rows).sort());
  });

  test('knows every error code, with an example of it', () => {
    expect(Object.keys(document.components.examples).sort()).toEqual(Object.keys(errorTable).sort());
    for (const { value } of Object.values(document.components.examples)) {
      expectValid('#/components/schemas/Problem', value);
    }
  });

  test('says of every text in a request how long it may be, or what it looks like', () => {
    const texts = operations.flatMap((operation) =>
      Object.entries(textsOf(operation)).map(
        ([name, schema]) => [`${operation.operationId} ${name}`, schema] as const,
      ),
    );
    const isBounded = ([, schema]: (typeof texts)[number]) =>
      (schema.maxLength ?? schema.pattern ?? schema.enum) !== undefined;
    expect(texts.filter((text) => !isBounded(text))).toEqual([]);
    expect(Object.fromEntries(texts.map(([name, { maxLength }]) => [name, maxLength]))).toMatchObject({
      'auth.register name': limits.nameLengthMax,
      'rooms.create name': limits.conversationNameLengthMax,
      'conversations.update topic': limits.topicLengthMax,
      'conversations.createGroupByNames name': limits.conversationNameLengthMax,
      'conversations.createGroupByNames users': limits.nameLengthMax,
      'messages.send text': limits.textLengthMax,
      'messages.report note': limits.reportNoteLengthMax,
    });
  });

  const empty = { text: '' };
  test.each([
    ['messages.send', empty],
    ['messages.send', { text: ' \u200b\n' }],
    ['messages.send', { text: 'a bell\u0007' }],
    ['messages.edit', empty],
    ['messages.react', { emoji: '', on: true }],
    ['conversations.update', {}],
    ['conversations.update', { name: '\u2060' }],
    ['rooms.create', { name: '\u0091' }],
    ['auth.register', { name: 'ada', password: 'correct horse battery', email: '0'.repeat(300) }],
    ['auth.register', { name: 'ada', password: 'correct horse battery', email: 'nowhere' }],
  ])('of %s refuses for its form what the server refuses: %j', async (operationId, body) => {
    const operation = operations.find((one) => one.operationId === operationId);
    if (!operation) throw new Error(`no operation ${operationId}`);
    const validate = schemaAt(`${operation.pointer}/requestBody/content/application~1json/schema`);
    expect(validate(body)).toBe(false);
    const scene = await openScene(entry.world);
    const row = { ...rowOf(operationId, scene), body };
    const { status } = await callRow(call, operation, {
      ...row,
      ...(!isOpen(operation) && { fallback: scene.ada }),
    });
    expect(status).toBe(400);
  });

  test.each(named)('has examples for %s that are what they say', (_, operation) => {
    for (const [i, { example }] of (operation.parameters ?? []).entries()) {
      if (example !== undefined) expectValid(`${operation.pointer}/parameters/${String(i)}/schema`, example);
    }
    const body = operation.requestBody?.content['application/json'];
    if (body) expectValid(`${operation.pointer}/requestBody/content/application~1json/schema`, body.example);
    const [status = '', success] = Object.entries(operation.responses)[0] ?? [];
    const answer = success?.content?.['application/json'];
    if (answer) {
      expectValid(
        `${operation.pointer}/responses/${status}/content/application~1json/schema`,
        answer.example,
      );
    }
  });
});

describe('a good request', () => {
  let read: Scene;
  beforeAll(async () => {
    read = await openScene(entry.world);
  });

  test.each(named)('to %s is answered as documented', async (_, operation) => {
    // What reads leaves the scene as it is.
    const scene = operation.method === 'GET' ? read : await openScene(entry.world);
    const row = rowOf(operation.operationId, scene);
    const answer = await callRow(call, operation, {
      ...row,
      ...(!isOpen(operation) && { fallback: scene.ada }),
    });
    const [status] = Object.keys(operation.responses);
    expect({ status: String(answer.status), body: answer.body }).toMatchObject({ status });
    if (answer.status === 204) expect(answer.body).toBe('');
    else expectValid(answerPointer(operation, answer) ?? 'undocumented', answer.body);
  });
});

describe('a malformed request', () => {
  let scene: Scene;
  let before: string;
  beforeAll(async () => {
    scene = await openScene(entry.world);
    // The first call of a session notes its use.
    await call('GET /api/me', { as: scene.ada });
    before = await everythingStored(entry.world);
  });

  test.each(named)(
    'to %s is refused with 400 in the documented form, and nothing is stored',
    async (_, operation) => {
      for (const request of malformed(operation, rowOf(operation.operationId, scene))) {
        const answer = await call(request.url, { as: scene.ada, ...request.with });
        const what = `${request.url} ${JSON.stringify(request.with.body ?? '').slice(0, 200)}`;
        expect({ what, status: answer.status, body: answer.body }).toMatchObject({
          what,
          status: 400,
          body: { code: 'BAD_INPUT', status: 400 },
        });
        expectValid(answerPointer(operation, answer) ?? 'undocumented', answer.body);
        expect(JSON.stringify(answer.body)).not.toMatch(/stack|node_modules|\.ts:/);
      }
      expect(await everythingStored(entry.world)).toBe(before);
    },
  );

  test.each(named)('without a token is refused by %s, unless it is open', async (_, operation) => {
    if (isOpen(operation)) return;
    const { by: __, ...row } = rowOf(operation.operationId, scene);
    const answer = await callRow(call, operation, row);
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expectValid(answerPointer(operation, answer) ?? 'undocumented', answer.body);
    expect(await everythingStored(entry.world)).toBe(before);
  });

  test.each([...new Set(operations.map(({ path }) => path))])(
    'by another method is answered with 405 by %s',
    async (path) => {
      const here = operations.filter((operation) => operation.path === path);
      const [first] = here;
      if (!first) throw new Error('nothing here');
      const methods = here.map(({ method }) => method);
      const other = ['POST', 'PUT', 'GET'].find((method) => !methods.includes(method)) ?? '';
      const url = urlOf({ ...first, method: other }, { ...rowOf(first.operationId, scene), query: {} });
      const answer = await call(url, { as: scene.ada });
      expect(answer).toMatchObject({ status: 405, body: { status: 405 } });
      const allowed = answer.headers.get('allow')?.split(', ') ?? [];
      expect(allowed.filter((method) => method !== 'HEAD').sort()).toEqual([...methods, 'OPTIONS'].sort());
    },
  );
});
