import { commaSeparated, type EnvSource, parseEnv, portNumber, serviceEnv } from '@confab/api';
import { z } from 'zod';

export const envSchema = z.object({
  ...serviceEnv,
  PUBLIC_ORIGIN: serviceEnv.PUBLIC_ORIGIN.optional(),
  /** Loopback unless told otherwise: whoever opens it to a network says so. */
  WEB_HOST: z.string().default('localhost'),
  WEB_PORT: portNumber.default(3000),
  /** Where this process reaches the ws server: `http://host:port`, or `unix:///path` of its socket. */
  WS_INTERNAL_URL: z.url({ protocol: /^(http|unix)$/, hostname: /^/ }).default('http://127.0.0.1:3001'),
  /** Addresses or CIDR ranges whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: commaSeparated.default([]),
  /** Whether HSTS speaks for the hosts below an https origin too, which may not be ours to speak for. */
  HSTS_INCLUDE_SUBDOMAINS: z.stringbool().default(false),
});
export type Env = ReturnType<typeof readEnv>;

/**
 * The configuration of this process, read once.
 * @throws Error naming every variable that is missing or wrong
 */
export function readEnv(source: EnvSource = process.env) {
  const env = parseEnv(envSchema, source);
  return { ...env, PUBLIC_ORIGIN: env.PUBLIC_ORIGIN ?? [`http://localhost:${String(env.WEB_PORT)}`] };
}

/** Next takes the configuration of a standalone build from this variable only. */
export function giveNextItsConfig(config: unknown): void {
  process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] = JSON.stringify(config);
}
