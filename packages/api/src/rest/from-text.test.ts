import { listRoomsInput } from '@confab/contract';
import { describe, expect, test } from 'vitest';
import { fromText } from './from-text.ts';
import { toJsonSchema } from './json-schema.ts';

const integer = { type: 'integer' };

describe('the text of a URL', () => {
  test.each([
    [['10'], integer, 10],
    [['-1'], integer, -1],
    [['1e9'], integer, 1e9],
    [['1.5'], { type: 'number' }, 1.5],
    [['10'], { type: 'string' }, '10'],
    [['true'], { type: 'boolean' }, true],
    [['false'], { type: 'boolean' }, false],
    [['a', 'b'], { type: 'array', items: { type: 'string' } }, ['a', 'b']],
    [['1'], { type: 'array', items: integer }, [1]],
  ])('%j is, where %j is asked for, %j', (texts, schema, value) => {
    expect(fromText(texts, schema)).toEqual(value);
  });

  test.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '+1',
    '01',
    '1.',
    '.5',
    '0x10',
    '0b1',
    '1_0',
    'NaN',
    'Infinity',
    'null',
    '٣',
    '1n',
  ])('%j is no number, though Number() takes some such for one', (text) => {
    expect(fromText([text], integer)).toBe(text);
  });

  test.each(['', '1', 'TRUE', 'yes'])('%j is no boolean', (text) => {
    expect(fromText([text], { type: 'boolean' })).toBe(text);
  });

  test('given twice where one is asked for stays two, which the schema refuses', () => {
    expect(fromText(['1', '2'], integer)).toEqual(['1', '2']);
  });

  test('cannot be an object: such a schema is a mistake of ours', () => {
    expect(() => fromText(['{}'], { type: 'object' })).toThrow('a URL cannot carry');
  });

  test('is refused by the schema itself if nobody converts it, before and after', () => {
    const limit = toJsonSchema(listRoomsInput, { io: 'input' }).properties?.['limit'] ?? {};
    expect(listRoomsInput.safeParse({ limit: '10' }).success).toBe(false);
    expect(listRoomsInput.safeParse({ limit: fromText(['10'], limit) }).success).toBe(true);
    expect(listRoomsInput.safeParse({ limit: '10' }).success).toBe(false);
  });
});
