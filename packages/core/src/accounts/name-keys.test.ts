import { describe, expect, it } from 'vitest';
import { nameKeys } from './name-keys.ts';

const conflicts = (a: string, b: string) => nameKeys(a).some((key) => nameKeys(b).includes(key));

describe('names conflict', () => {
  it.each([
    ['they differ by case', 'ada', 'ADA'],
    ['a Cyrillic name looks like a Latin one', 'pop', 'рор'],
    ['they look alike in capitals', 'bob', 'ВОВ'],
    ['a Greek name looks like a Latin one', 'pov', 'ροv'.replace('v', 'ν')],
    ['one has a dot over its i, which has one', 'mike', 'mi\u0307ke'],
    ['one has the capital İ, whose small letter is that', 'irem', 'İrem'],
    ['a Latin letter looks like another', 'ada', 'ɑdɑ'],
  ])('when %s', (_, a, b) => {
    expect(conflicts(a, b)).toBe(true);
  });

  it.each([
    ['accents', 'jose', 'josé'],
    ['letters that only the confusables table confuses', 'mom', 'rnorn'],
    ['one letter', 'ada', 'ida'],
    ['script, without looking alike', 'dmitri', 'дмитрий'],
  ])('not when they differ by %s', (_, a, b) => {
    expect(conflicts(a, b)).toBe(false);
  });
});
