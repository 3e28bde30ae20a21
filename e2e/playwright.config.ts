import { defineConfig } from '@playwright/test';
import { chromiumPath } from './env.ts';
import { middayZone } from './midday-zone.ts';

/**
 * Real Chromium against the production build on services of its own. No retries: a test that passes at the second
 * attempt has failed.
 */
export default defineConfig({
  testDir: 'specs',
  globalSetup: './global-setup.ts',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // The longest file first: it takes one worker as long as all the others take the other.
  projects: [
    { name: 'screens', testMatch: 'screens.spec.ts' },
    { name: 'chat', testIgnore: 'screens.spec.ts' },
  ],
  use: {
    locale: 'en-GB',
    timezoneId: middayZone(),
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromiumPath(),
      // Nothing of the browser's own may look for the internet.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
