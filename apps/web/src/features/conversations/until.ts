import { dayOf, localDay, timeOfDay } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';

/** A moment to come: `14:30` today, else `24 November at 14:30`. */
export function untilText(iso: string, today: string): string {
  const time = timeOfDay(iso);
  return localDay(new Date(iso)) === today ? time : `${dayOf(iso, today)} ${text.dates.atTime(time)}`;
}

/** The day of a moment to come, which is enough for one that is days away; today's has its time: `14:30`. */
export function untilDay(iso: string, today: string): string {
  return localDay(new Date(iso)) === today ? timeOfDay(iso) : dayOf(iso, today);
}

/** Whether a moment is still to come. */
export function isAhead(iso: string | null, now = Date.now()): iso is string {
  return iso !== null && Date.parse(iso) > now;
}
