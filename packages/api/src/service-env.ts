import { z } from 'zod';
import { publicOrigin } from './public-origin.ts';

/** `a, b` as ['a', 'b']. */
export const commaSeparated = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** A TCP port; 0 takes a free one. */
export const portNumber = z.coerce.number().int().min(0).max(65_535);

/** The variables that web and ws have in common. */
export const serviceEnv = {
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://'),
  REDIS_URL: z.string().regex(/^(rediss?|unix):\/\//, 'must start with redis://, rediss:// or unix://'),
  /** Prefixes every Redis key and channel, so that several installations can share one Redis. */
  REDIS_NAMESPACE: z
    .string()
    .regex(/^[\w-]+$/, 'may hold letters, digits, _ and - only')
    .default('confab'),
  /** Under which browsers reach the product. Whatever changes state is refused from other origins. */
  PUBLIC_ORIGIN: commaSeparated.pipe(z.array(publicOrigin).min(1)),
  /** For how long people may delete their own messages for everyone; 0: for ever. */
  MESSAGE_DELETE_WINDOW_HOURS: z.coerce.number().int().min(0).max(876_000).default(48),
  /** So many accounts at once may be made from one address, and one more every ten seconds. */
  REGISTRATIONS_PER_ADDRESS: z.coerce.number().int().min(1).max(100_000).default(30),
} as const;

/** As `process.env` is. */
export type EnvSource = Readonly<Record<string, string | undefined>>;

/**
 * Reads a process's configuration, once, at its start.
 * @throws Error naming every variable that is missing or wrong
 */
export function parseEnv<Schema extends z.ZodType>(schema: Schema, source: EnvSource): z.output<Schema> {
  // A variable that is set to nothing counts as not set, as people expect of a line "NAME=" in .env.
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not complete:\n${problems.join('\n')}`);
}
