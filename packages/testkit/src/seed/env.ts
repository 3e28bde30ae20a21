import { z } from 'zod';

const envSchema = z.object({
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://'),
  REDIS_URL: z.string().regex(/^(rediss?|unix):\/\//, 'must start with redis://, rediss:// or unix://'),
  REDIS_NAMESPACE: z
    .string()
    .regex(/^[\w-]+$/)
    .default('confab'),
});

/**
 * Where the demo goes.
 * @throws Error naming every variable that is missing or wrong
 */
export function readSeedEnv(): z.infer<typeof envSchema> {
  const { MONGODB_URI, REDIS_URL, REDIS_NAMESPACE } = process.env;
  const parsed = envSchema.safeParse({
    MONGODB_URI,
    REDIS_URL,
    REDIS_NAMESPACE: REDIS_NAMESPACE || undefined,
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not complete:\n${problems.join('\n')}`);
}
