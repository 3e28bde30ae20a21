import type { BrowserContextOptions } from '@playwright/test';

/** The three layouts: one pane under a finger, two panes, three panes. */
export const sizes: readonly { readonly name: string; readonly device: BrowserContextOptions }[] = [
  { name: 'a phone', device: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  { name: 'a tablet', device: { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true } },
  { name: 'a desktop', device: { viewport: { width: 1440, height: 900 } } },
];
