import { text } from './text.ts';
import { timeZone } from './time-zone.ts';

const format = (options: Intl.DateTimeFormatOptions) => {
  // A formatter keeps the zone in which it was made, and to make one takes long.
  let made: { zone: string; formatter: Intl.DateTimeFormat } | null = null;
  return (date: Date) => {
    const zone = timeZone.get();
    if (made?.zone !== zone) made = { zone, formatter: new Intl.DateTimeFormat('en-GB', options) };
    return made.formatter.format(date);
  };
};
const clock = format({ hour: '2-digit', minute: '2-digit' });
const weekday = format({ weekday: 'long' });
const shortWeekday = format({ weekday: 'short' });
const dayAndMonth = format({ day: 'numeric', month: 'long' });
const dayMonthYear = format({ day: 'numeric', month: 'long', year: 'numeric' });
// Put together here, because browsers do not agree about the comma.
const longDay = (date: Date) => `${weekday(date)}, ${dayAndMonth(date)}`;
const longDayWithYear = (date: Date) => `${weekday(date)}, ${dayMonthYear(date)}`;
const shortDay = format({ day: 'numeric', month: 'short' });
const numericDay = format({ day: '2-digit', month: '2-digit', year: 'numeric' });

/** A day in this device's time zone: `2025-11-13`. Days compare as text. */
export function localDay(date: Date): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}

/** Whole local days from one to the other; summer time does not count. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** `09:15`. */
export function timeOfDay(iso: string): string {
  return clock(new Date(iso));
}

/** `Thursday, 13 November 2025 at 09:15`, for the hover. */
export function absoluteTime(iso: string): string {
  const date = new Date(iso);
  return `${longDayWithYear(date)} ${text.dates.atTime(clock(date))}`;
}

/** `Today`, `Yesterday`, `Wednesday, 12 November`, and the year if it is another one. */
export function dayLabel(day: string, today: string): string {
  const days = daysBetween(day, today);
  if (days === 0) return text.dates.today;
  if (days === 1) return text.dates.yesterday;
  const date = new Date(`${day}T12:00`);
  return day.slice(0, 4) === today.slice(0, 4) ? longDay(date) : longDayWithYear(date);
}

/** In a list: `09:15` today, `Wed` within the last six days, else `3 Nov`, else with the year. */
export function listTime(iso: string, today: string): string {
  const date = new Date(iso);
  const day = localDay(date);
  const days = daysBetween(day, today);
  if (days <= 0) return clock(date);
  if (days < 7) return shortWeekday(date);
  return day.slice(0, 4) === today.slice(0, 4) ? shortDay(date) : numericDay(date);
}

/** After "Last seen": `at 13:40`, `yesterday`, `Monday`, `on 3 September`. */
export function seenTime(iso: string, today: string): string {
  const date = new Date(iso);
  const day = localDay(date);
  const days = daysBetween(day, today);
  if (days <= 0) return text.dates.atTime(clock(date));
  if (days === 1) return text.active.yesterday;
  return days < 7 ? weekday(date) : `on ${dayOf(iso, today)}`;
}

/** `3 September`, and the year if it is another one. */
export function dayOf(iso: string, today: string): string {
  const date = new Date(iso);
  return localDay(date).slice(0, 4) === today.slice(0, 4) ? dayAndMonth(date) : dayMonthYear(date);
}

/** After "active": `just now`, `2 min ago`, `3 h ago`, `yesterday`, `Monday`, `3 September`. */
export function activeTime(iso: string, now: Date): string {
  const date = new Date(iso);
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (minutes < 1) return text.active.now;
  if (minutes < 60) return text.active.minutes(minutes);
  const days = daysBetween(localDay(date), localDay(now));
  if (days === 0) return text.active.hours(Math.floor(minutes / 60));
  if (days === 1) return text.active.yesterday;
  return days < 7 ? weekday(date) : dayOf(iso, localDay(now));
}

/** After "Last seen": `just now`, `5 minutes ago`, `2 hours ago` within a day, else as {@link seenTime} says it. */
export function seenAgo(iso: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(iso)) / 60_000);
  if (minutes < 1) return text.active.now;
  if (minutes < 60) return text.active.minutesAgo(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? text.active.hoursAgo(hours) : seenTime(iso, localDay(now));
}
