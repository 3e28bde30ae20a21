import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const envSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://'),
    REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must start with redis:// or rediss://'),
    /** Prefixes every Redis key and channel, so that several installations can share one Redis. */
    REDIS_NAMESPACE: z
      .string()
      .regex(/^[\w-]+$/)
      .default('confab'),
    /** Loopback unless told otherwise: whoever opens it to a network says so. */
    WEB_HOST: z.string().default('localhost'),
    WEB_PORT: port.default(3000),
    /** Under which browsers reach the product; several are separated by commas. Default: http://localhost:WEB_PORT. */
    PUBLIC_ORIGIN: list.pipe(z.array(z.url()).min(1)).optional(),
    /** Where this process reaches the ws server. */
    WS_INTERNAL_URL: z.url({ protocol: /^http$/ }).default('http://127.0.0.1:3001'),
    /** Addresses or CIDR ranges whose X-Forwarded-For is believed. */
    TRUSTED_PROXIES: list.default([]),
  })
  .transform((env) => ({
    ...env,
    PUBLIC_ORIGIN: env.PUBLIC_ORIGIN ?? [`http://localhost:${env.WEB_PORT}`],
  }));
export type Env = z.infer<typeof envSchema>;

/**
 * The configuration of this process, read once.
 * @throws Error naming every variable that is missing or wrong
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  // A variable that is set to nothing counts as not set, as people expect of a line "NAME=" in .env.
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not complete:\n${problems.join('\n')}`);
}

/** Next takes the configuration of a standalone build from this variable only. */
export function giveNextItsConfig(config: unknown): void {
  process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] = JSON.stringify(config);
}
