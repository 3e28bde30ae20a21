import type { Store } from '@confab/sync';

/** Whoever travels looks at the page again: that is when it matters. */
const checkMs = 60_000;

const deviceZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

let current = deviceZone();

/** The device's time zone as it was seen last: no browser tells of a change, so it is asked for. */
export const timeZone: Store<string> = {
  get: () => current,
  subscribe: (listener) => {
    const check = () => {
      const zone = deviceZone();
      if (zone === current) return;
      current = zone;
      listener();
    };
    const timer = setInterval(check, checkMs);
    addEventListener('focus', check);
    document.addEventListener('visibilitychange', check);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', check);
      document.removeEventListener('visibilitychange', check);
    };
  },
};
