import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://'),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must start with redis:// or rediss://'),
  /** Prefixes every Redis key and channel, so that several installations can share one Redis. */
  REDIS_NAMESPACE: z
    .string()
    .regex(/^[\w-]+$/)
    .default('confab'),
  WS_HOST: z.string().default('127.0.0.1'),
  WS_PORT: port.default(3001),
  /** Under which browsers reach the product; several are separated by commas. Sockets of other origins are refused. */
  PUBLIC_ORIGIN: list.pipe(z.array(z.url()).min(1)).default(['http://localhost:3000']),
  /** Addresses or CIDR ranges whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: list.default(['127.0.0.1', '::1']),
});
export type Env = z.infer<typeof envSchema>;

/**
 * The configuration of this process, read once.
 * @throws Error naming every variable that is missing or wrong
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  // A variable that is set to nothing counts as not set, as people expect of a line "NAME=" in .env.
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not complete:\n${problems.join('\n')}`);
}
