import { expect, test } from 'vitest';
import { deliveryOf, recipientsOf } from './delivery-of.ts';

const at = (userId: string, deliveredSeq: number, readSeq: number) => ({ userId, deliveredSeq, readSeq });

test('a message is delivered, and read, once it is so with every other member', () => {
  expect(deliveryOf([at('ada', 9, 9), at('bob', 4, 3)], 'ada', 5)).toBe('sent');
  expect(deliveryOf([at('ada', 9, 9), at('bob', 5, 3)], 'ada', 5)).toBe('delivered');
  expect(deliveryOf([at('ada', 9, 9), at('bob', 5, 5)], 'ada', 5)).toBe('read');
  expect(deliveryOf([at('bob', 5, 5), at('cleo', 5, 4)], 'ada', 5)).toBe('delivered');
  expect(deliveryOf([at('bob', 5, 5), at('cleo', 4, 4)], 'ada', 5)).toBe('sent');
});

test('one’s own mark says nothing, and without others a message is sent', () => {
  expect(deliveryOf([at('ada', 9, 9)], 'ada', 5)).toBe('sent');
  expect(deliveryOf([], 'ada', 5)).toBe('sent');
});

test('who has read a message counts as holding it', () => {
  expect(deliveryOf([at('bob', 0, 5)], 'ada', 5)).toBe('read');
  expect(
    recipientsOf([at('ada', 9, 9), at('bob', 2, 5), at('cleo', 5, 0), at('dmitri', 0, 0)], 'ada', 5),
  ).toEqual({ read: ['bob'], delivered: ['cleo'], sent: ['dmitri'] });
});
