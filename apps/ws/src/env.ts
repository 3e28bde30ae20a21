import { commaSeparated, type EnvSource, parseEnv, portNumber, serviceEnv } from '@confab/api';
import { z } from 'zod';

export const envSchema = z.object({
  ...serviceEnv,
  PUBLIC_ORIGIN: serviceEnv.PUBLIC_ORIGIN.default(['http://localhost:3000']),
  /** Loopback unless told otherwise: whoever opens it to a network says so. */
  WS_HOST: z.string().default('127.0.0.1'),
  WS_PORT: portNumber.optional(),
  /** A Unix socket to listen on; the path ends up whole in the kernel's 104 bytes (macOS), 108 on Linux. */
  WS_SOCKET: z
    .string()
    .refine((path) => Buffer.byteLength(path) <= 103, 'must not be longer than 103 bytes')
    .optional(),
  /**
   * Addresses or CIDR ranges whose X-Forwarded-For is believed over TCP. Whoever comes over the socket is web, and
   * names its clients; nobody else is believed unless told, because every program of this machine has its address.
   */
  TRUSTED_PROXIES: commaSeparated.default([]),
});
export type Env = ReturnType<typeof readEnv>;

/**
 * With neither a port nor a socket, the usual port.
 * @throws Error naming every variable that is missing or wrong
 */
export function readEnv(source: EnvSource = process.env) {
  const env = parseEnv(envSchema, source);
  return { ...env, WS_PORT: env.WS_PORT ?? (env.WS_SOCKET === undefined ? 3001 : undefined) };
}
