import { ConfabError } from '@confab/contract';
import { describe, expect, test } from 'vitest';
import { compileOperation } from './operation.ts';
import { readInput } from './read-input.ts';
import { readQuery } from './read-query.ts';
import { routes } from './routes.ts';

function operation(procedure: string) {
  const route = routes.find((row) => row.procedure === procedure);
  if (!route) throw new Error(`no route for ${procedure}`);
  return compileOperation(route);
}

function refusal(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error instanceof ConfabError ? error.details : error;
  }
}

const params = { conversationId: 'f'.repeat(24) };

describe('the input of an operation', () => {
  test('comes from the path and the query for what reads', () => {
    const input = readInput(operation('messages.page'), { params, query: 'limit=10&before=7', body: {} });
    expect(input).toEqual({ ...params, limit: 10, before: 7 });
  });

  test('comes from the path and the body for what changes something, as it is', () => {
    const body = { text: 10 };
    expect(readInput(operation('messages.send'), { params, query: '', body })).toEqual({
      ...params,
      text: 10,
    });
  });

  test.each([
    ['a body field that nobody asked for', 'messages.send', '', { text: 'x', role: 'admin' }, 'role'],
    ['a body field that belongs in the path', 'messages.send', '', { conversationId: 'x' }, 'conversationId'],
    ['a client id beside the Idempotency-Key', 'messages.send', '', { clientId: 'x' }, 'clientId'],
    ['a query where the body is read', 'messages.send', 'text=x', {}, 'text'],
    ['a body where the query is read', 'messages.page', '', { limit: 1 }, 'limit'],
    ['a parameter that nobody asked for', 'messages.page', 'token=x', {}, 'token'],
    ['a prototype', 'messages.page', '__proto__=x', {}, '__proto__'],
  ])('is refused for %s', (_, procedure, query, body, field) => {
    expect(refusal(() => readInput(operation(procedure), { params, query, body }))).toEqual({
      code: 'BAD_INPUT',
      field,
    });
  });
});

describe('a query', () => {
  test('is read as forms write it', () => {
    expect([...readQuery('a=1&b=x+y%21&a=2&&c&d==')]).toEqual([
      ['a', ['1', '2']],
      ['b', ['x y!']],
      ['c', ['']],
      ['d', ['=']],
    ]);
  });

  test.each(['a=%', 'a=%ff', 'a=%ED%A0%80', '%ff=1'])('%j is no UTF-8, and refused', (query) => {
    expect(refusal(() => readQuery(query))).toEqual({ code: 'BAD_INPUT' });
  });
});
