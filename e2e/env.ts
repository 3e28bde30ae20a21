/** Set by the launcher, which finds or installs Chromium. */
export function chromiumPath(): string {
  return required('CHROMIUM_PATH', 'run the browser tests with `pnpm e2e`');
}

/** Where global-setup.ts started the product that most specs share. */
export interface SharedProduct {
  readonly origin: string;
  readonly mongodbUri: string;
  readonly redisUrl: string;
}

export function sharedProduct(): SharedProduct {
  const why = 'global-setup.ts did not start the product';
  return {
    origin: required('CONFAB_E2E_ORIGIN', why),
    mongodbUri: required('CONFAB_E2E_MONGODB_URI', why),
    redisUrl: required('CONFAB_E2E_REDIS_URL', why),
  };
}

/** Playwright's workers inherit the environment, and nothing else. */
export function setSharedProduct({ origin, mongodbUri, redisUrl }: SharedProduct): void {
  process.env['CONFAB_E2E_ORIGIN'] = origin;
  process.env['CONFAB_E2E_MONGODB_URI'] = mongodbUri;
  process.env['CONFAB_E2E_REDIS_URL'] = redisUrl;
}

function required(name: string, otherwise: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: ${otherwise}`);
  return value;
}

/** The surrounding environment and these, for a program that is started. */
export function childEnv(variables: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...variables };
}
