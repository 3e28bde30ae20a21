/** Set by the launcher, which finds or installs Chromium. */
export function chromiumPath(): string {
  const path = process.env['CHROMIUM_PATH'];
  if (!path) throw new Error('CHROMIUM_PATH is not set: run the browser tests with `pnpm e2e`');
  return path;
}

/** Where global-setup.ts started the product that most specs share. */
export function sharedOrigin(): string {
  const origin = process.env['CONFAB_E2E_ORIGIN'];
  if (!origin) throw new Error('the product was not started');
  return origin;
}

export function setSharedOrigin(origin: string): void {
  process.env['CONFAB_E2E_ORIGIN'] = origin;
}
