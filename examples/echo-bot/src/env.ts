import type { ConnectOptions } from '@confab/client';
import { z } from 'zod';

const envSchema = z
  .object({
    CONFAB_URL: z.url().default('http://localhost:3000'),
    CONFAB_TOKEN: z.string().optional(),
    CONFAB_LOGIN: z.string().optional(),
    CONFAB_PASSWORD: z.string().optional(),
    /** Where the bot keeps what it has answered. */
    CONFAB_PLACES: z.string().default('echo-bot.json'),
  })
  .transform((env, context) => {
    const { CONFAB_URL: url, CONFAB_PLACES: placesFile } = env;
    const { CONFAB_TOKEN: token, CONFAB_LOGIN: login, CONFAB_PASSWORD: password } = env;
    if (token !== undefined) return { url, placesFile, token };
    if (login !== undefined && password !== undefined) return { url, placesFile, login, password };
    context.addIssue('Set CONFAB_TOKEN, or CONFAB_LOGIN and CONFAB_PASSWORD.');
    return z.NEVER;
  });

/** @throws ZodError every problem */
export function readEnv(): ConnectOptions & { placesFile: string } {
  return envSchema.parse(process.env);
}
