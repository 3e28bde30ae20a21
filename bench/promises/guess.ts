import { enter } from '@confab/e2e/chaos/clients/user';
import type { World } from './world.ts';

/** How many wrong passwords were checked, were refused unchecked, or failed in another way. */
export interface Guessed {
  readonly checked: number;
  readonly limited: number;
  readonly other: number;
  /** How many may be checked: a burst at each web process, which count alone, and what comes back meanwhile. */
  readonly checkedMax: number;
}

const burstPerProcess = 20;
const processes = 2;
const oneComesBackEveryMs = 45_000;
const login = 'guessed';

const honest = 'honest';

/** Somebody whose password is guessed, and somebody who knows theirs. */
export async function registerBoth({ origin }: World): Promise<void> {
  for (const [i, name] of [login, honest].entries())
    await enter(origin, `10.4.0.${String(i)}`, { procedure: 'register', name, email: `${name}@example.org` });
}

/** Guesses at once, each from another address: only the account's limit counts. */
export async function guess({ origin }: World, guesses: number): Promise<Guessed> {
  const from = performance.now();
  const statuses = await Promise.all(
    Array.from({ length: guesses }, async (_, i) => {
      const answer = await fetch(`${origin}/api/trpc/auth.signIn`, {
        method: 'POST',
        // A connection of its own: the door gives each to the next process.
        headers: {
          origin,
          'content-type': 'application/json',
          'x-forwarded-for': `10.3.0.${String(i)}`,
          connection: 'close',
        },
        body: JSON.stringify({ login, password: `wrong password ${String(i)}` }),
      });
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  const count = (status: number) => statuses.filter((each) => each === status).length;
  const [checked, limited] = [count(401), count(429)];
  const back = Math.ceil((performance.now() - from) / oneComesBackEveryMs);
  return {
    checked,
    limited,
    other: guesses - checked - limited,
    checkedMax: processes * (burstPerProcess + back),
  };
}

/** Whether somebody with the right password comes in. */
export async function comesIn({ origin }: World): Promise<boolean> {
  const { api } = await enter(origin, '10.4.0.1', { procedure: 'signIn', login: honest });
  return (await api.auth.me.query()).name === honest;
}
