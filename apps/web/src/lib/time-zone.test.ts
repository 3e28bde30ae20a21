import { afterEach, expect, test, vi } from 'vitest';
import { timeOfDay } from './dates.ts';
import { timeZone } from './time-zone.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test('times follow the device into another time zone, once somebody looks at the page again', () => {
  const listeners: (() => void)[] = [];
  const listen = (_: string, listener: () => void) => listeners.push(listener);
  vi.stubGlobal('addEventListener', listen);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('document', { addEventListener: listen, removeEventListener: () => undefined });
  let drawn = 0;
  const stop = timeZone.subscribe(() => (drawn += 1));
  const noon = '2029-06-01T12:00:00.000Z';
  for (const [zone, time] of [
    ['Asia/Tokyo', '21:00'],
    ['America/New_York', '08:00'],
  ] as const) {
    vi.stubEnv('TZ', zone);
    for (const listener of listeners) listener();
    expect([timeZone.get(), timeOfDay(noon)]).toEqual([zone, time]);
  }
  expect(drawn).toBe(2);
  stop();
});
