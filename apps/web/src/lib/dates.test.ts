import { expect, test } from 'vitest';
import { activeTime, dayLabel, listTime, localDay, seenTime } from './dates.ts';

/** A moment of this device's clock. */
const at = (text: string) => new Date(text).toISOString();
const today = '2025-11-13';

test('a day ends at local midnight', () => {
  expect(localDay(new Date('2025-11-13T23:59:59.999'))).toBe('2025-11-13');
  expect(localDay(new Date('2025-11-14T00:00'))).toBe('2025-11-14');
});

test('a separator names near days by word, others by date, other years in full', () => {
  expect(dayLabel('2025-11-13', today)).toBe('Today');
  expect(dayLabel('2025-11-12', today)).toBe('Yesterday');
  expect(dayLabel('2025-11-05', today)).toBe('Wednesday, 5 November');
  expect(dayLabel('2024-12-31', today)).toBe('Tuesday, 31 December 2024');
});

test('the list shows the time today, the weekday for six days, then the date', () => {
  expect(listTime(at('2025-11-13T09:05'), today)).toBe('09:05');
  expect(listTime(at('2025-11-12T23:59'), today)).toBe('Wed');
  expect(listTime(at('2025-11-07T12:00'), today)).toBe('Fri');
  expect(listTime(at('2025-11-06T12:00'), today)).toBe('6 Nov');
  expect(listTime(at('2024-11-13T12:00'), today)).toBe('13/11/2024');
});

test('a clock that runs ahead is shown as today', () => {
  expect(listTime(at('2025-11-14T00:10'), today)).toBe('00:10');
});

test('last seen and last active get coarser with time', () => {
  expect(seenTime(at('2025-11-13T10:30'), today)).toBe('at 10:30');
  expect(seenTime(at('2025-11-12T10:30'), today)).toBe('yesterday');
  expect(seenTime(at('2025-11-10T10:30'), today)).toBe('Monday');
  expect(seenTime(at('2025-09-03T10:30'), today)).toBe('on 3 September');
  const now = new Date('2025-11-13T12:00');
  expect(activeTime(at('2025-11-13T11:59:30'), now)).toBe('just now');
  expect(activeTime(at('2025-11-13T11:58'), now)).toBe('2 min ago');
  expect(activeTime(at('2025-11-13T09:00'), now)).toBe('3 h ago');
  expect(activeTime(at('2025-11-12T09:00'), now)).toBe('yesterday');
});
