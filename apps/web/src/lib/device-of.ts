import type { DeviceKind } from '@confab/ui';
import { text } from './text.ts';

export interface Device {
  readonly kind: DeviceKind;
  /** "Chrome on Linux". */
  readonly name: string;
}

/** The first that matches: many browsers also call themselves by the names of others. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string, DeviceKind])[] = [
  [/\biPhone\b/, 'iPhone', 'phone'],
  [/\biPad\b/, 'iPad', 'phone'],
  [/\bAndroid\b/, 'Android', 'phone'],
  [/\bWindows\b/, 'Windows', 'computer'],
  [/\bMac OS X\b/, 'a Mac', 'computer'],
  [/\bCrOS\b/, 'ChromeOS', 'computer'],
  [/\bLinux\b/, 'Linux', 'computer'],
];
const nameMax = 40;

/** What a `User-Agent` says, in words: good enough to tell one's own devices apart, and no more. */
export function deviceOf(userAgent: string): Device {
  if (!userAgent.startsWith('Mozilla/')) {
    const program = /^[\w.-]+/.exec(userAgent)?.[0].slice(0, nameMax);
    return { kind: 'program', name: program ?? text.account.program };
  }
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1] ?? text.account.browser;
  const [, system, kind] = systems.find(([pattern]) => pattern.test(userAgent)) ?? [];
  return {
    kind: kind ?? 'computer',
    name: text.account.browserOn(browser, system ?? text.account.unknownSystem),
  };
}
