import { commaSeparated, parseEnv, portNumber, serviceEnv } from '@confab/api';
import { z } from 'zod';

export const envSchema = z.object({
  ...serviceEnv,
  PUBLIC_ORIGIN: serviceEnv.PUBLIC_ORIGIN.default(['http://localhost:3000']),
  /** Loopback unless told otherwise: whoever opens it to a network says so. */
  WS_HOST: z.string().default('127.0.0.1'),
  WS_PORT: portNumber.default(3001),
  /** Addresses or CIDR ranges whose X-Forwarded-For is believed. web runs in front of ws and names its clients. */
  TRUSTED_PROXIES: commaSeparated.default(['127.0.0.1', '::1']),
});
export type Env = z.infer<typeof envSchema>;

/** @throws Error naming every variable that is missing or wrong */
export function readEnv(): Env {
  return parseEnv(envSchema, process.env);
}
