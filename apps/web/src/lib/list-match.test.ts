import { describe, expect, test } from 'vitest';
import { listMatcher } from './list-match.ts';

describe('a name of a list', () => {
  test.each([
    ['jose', 'José'],
    ['lodz', 'Łódź'],
    ['smorrebrod', 'Smørrebrød'],
    ['dorde', 'Đorđe'],
    ['strasse', 'Straße'],
    ['rollout pier', 'Pier 7 rollout'],
    ['out', 'Pier 7 rollout'],
    ['', 'anything'],
    ['  ', 'anything'],
  ])('%j finds %j', (typed, name) => {
    expect(listMatcher(typed)(name)).toBe(true);
  });

  test.each([
    ['pier 8', 'Pier 7 rollout'],
    ['(a+)+$', 'aaaa'],
  ])('%j does not find %j', (typed, name) => {
    expect(listMatcher(typed)(name)).toBe(false);
  });
});
