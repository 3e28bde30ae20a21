import { Int32, Long, MongoServerError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { checkError } from './check-error.ts';
import { checkEvents } from './check-events.ts';
import { matchDocuments, matchValue } from './match-value.ts';

const entities: Record<string, unknown> = { saved: { a: 1 } };
const matches = (expected: unknown, actual: unknown): boolean => {
  try {
    matchValue(expected, actual, (id) => entities[id]);
    return true;
  } catch {
    return false;
  }
};

/** What is expected, what fits it, what does not. */
const cases: [string, unknown, unknown[], unknown[]][] = [
  ['a scalar', 'x', ['x'], ['y', null, undefined, {}]],
  ['a number of whatever type', new Int32(2), [2, Long.fromNumber(2), 2n], [3, '2', undefined, null]],
  ['null', null, [null], [undefined, 0, {}]],
  ['a document, free in its order', { v: { a: 1, b: 2 } }, [{ v: { b: 2, a: 1 } }], [{ v: { a: 1 } }]],
  ['a root document, which may have more', { a: 1 }, [{ a: 1, b: 2 }, new Map([['a', 1]])], [{ b: 2 }]],
  ['an embedded document, which may not', { v: { a: 1 } }, [{ v: { a: 1 } }], [{ v: { a: 1, b: 2 } }]],
  ['an array, in its order', [1, 2], [[1, 2]], [[2, 1], [1], [1, 2, 3], { 0: 1, 1: 2 }]],
  ['a result of documents, which may have more', [{ a: 1 }], [[{ a: 1, b: 1 }]], [[{ a: 2 }]]],
  ['$$exists: true', { a: { $$exists: true } }, [{ a: null }, { a: 1 }], [{}, { a: undefined }]],
  ['$$exists: false', { a: { $$exists: false } }, [{}, { a: undefined }], [{ a: null }]],
  ['$$unsetOrMatches', { a: { $$unsetOrMatches: 1 } }, [{}, { a: 1 }], [{ a: 2 }]],
  ['$$type', { $$type: ['int', 'long'] }, [1, new Int32(1), 5n], ['1', 1.5, undefined, {}]],
  ['$$type: object', { $$type: 'object' }, [{}], [[], null, new Date(), new Int32(1)]],
  ['$$lte', { $$lte: 3 }, [3, 2], [4, '2', undefined]],
  ['$$matchesEntity', { $$matchesEntity: 'saved' }, [{ a: 1 }], [{ a: 2 }, undefined]],
  ['$$matchesHexBytes', { $$matchesHexBytes: 'ff01' }, [Buffer.from([255, 1])], [Buffer.from([255]), 'ff01']],
  ['$$matchAsRoot', { v: { $$matchAsRoot: { a: 1 } } }, [{ v: { a: 1, b: 2 } }], [{ v: { b: 2 } }]],
  ['$$matchAsDocument', { $$matchAsDocument: { a: 1 } }, ['{"a": 1}'], ['{"a": 2}', '{"a": 1, "b": 1}']],
];

describe('the matcher of the specification tests', () => {
  it.for(cases)('accepts what fits %s and nothing else', ([, expected, fitting, other]) => {
    for (const actual of fitting) expect(matches(expected, actual), String(actual)).toBe(true);
    for (const actual of other) expect(matches(expected, actual), String(actual)).toBe(false);
  });

  it('refuses a rule that it does not know', () => {
    expect(() => matchValue({ $$new: 1 }, 1, () => null)).toThrow('does not know $$new');
  });

  it('takes a collection for what it holds, with no field more', () => {
    matchDocuments([{ _id: 1 }], [{ _id: 1 }]);
    expect(() => matchDocuments([{ _id: 1 }], [{ _id: 1, a: 1 }])).toThrow('expected');
    expect(() => matchDocuments([], [{ _id: 1 }])).toThrow('expected');
  });

  it('sees an error of another kind, code or text', () => {
    const error = new MongoServerError({ message: 'Not so', code: 8, extra: { a: 1 } });
    const check = (expected: object): void => checkError(expected, error, () => null);
    check({
      isError: true,
      isClientError: false,
      errorCode: 8,
      errorContains: 'not SO',
      errorResponse: { code: 8 },
    });
    expect(() => check({ isClientError: true })).toThrow();
    expect(() => check({ errorCode: 9 })).toThrow();
    expect(() => check({ errorContains: 'other' })).toThrow();
    expect(() => check({ errorCodeName: 'Other' })).toThrow();
    expect(() => check({ errorResponse: { code: 9 } })).toThrow();
    expect(() => check({ errorLabelsContain: ['Transient'] })).toThrow();
    expect(() => checkError({ isError: true }, new TypeError('of the runner'), () => null)).toThrow(
      TypeError,
    );
  });

  it('sees a command too few, too many, of another name or with other fields', () => {
    const seen = [{ name: 'commandStartedEvent', event: { command: { insert: 'c', extra: 1 } } }];
    const started = (command: object): Record<string, Record<string, unknown>> => ({
      commandStartedEvent: { command },
    });
    const check = (...events: Record<string, Record<string, unknown>>[]): void =>
      checkEvents({ client: 'c', events }, seen, () => null);
    check(started({ insert: 'c' }));
    expect(() => check()).toThrow('expected 0 events');
    expect(() => check(started({ insert: 'c' }), started({ insert: 'c' }))).toThrow('expected 2 events');
    expect(() => check(started({ insert: 'd' }))).toThrow('expected "d"');
    expect(() => check({ commandFailedEvent: { commandName: 'insert' } })).toThrow('commandFailedEvent');
  });
});
