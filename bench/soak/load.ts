import { setMaxListeners } from 'node:events';
import { pause } from '@confab/e2e/chaos/pause';
import type { Random } from '@confab/e2e/chaos/random';
import { ConfabError } from '@confab/contract';
import { TRPCClientError } from '@trpc/client';
import { actions, type Town } from './actions.ts';
import type { Person } from './person.ts';

/** How often each action was done, and how often it was refused or not answered, by the reason. */
export interface Deeds {
  readonly done: Record<string, number>;
  readonly failed: Record<string, number>;
}

export const newDeeds = (): Deeds => ({ done: {}, failed: {} });

/** Of everybody together. */
const actionsPerSecond = 12;
const total = actions.reduce((sum, { weight }) => sum + weight, 0);

/** Everybody acts, each at random times, until the signal aborts; then every device is disconnected. */
export async function live(town: Town, deeds: Deeds, signal: AbortSignal): Promise<void> {
  // Everybody's pauses listen.
  setMaxListeners(0, signal);
  const perSecond = actionsPerSecond / town.people.length;
  await Promise.all(
    town.people.map(async (person) => {
      person.start();
      for (;;) {
        await pause((-Math.log(1 - person.random.next()) * 1_000) / perSecond, signal);
        if (signal.aborted) break;
        await act(person, town, deeds);
      }
      person.device.stop();
    }),
  );
}

async function act(person: Person, town: Town, { done, failed }: Deeds): Promise<void> {
  const action = person.isSignedIn ? draw(person.random) : signIn;
  if (action === undefined) return;
  try {
    await action.run(person, town);
    done[action.name] = (done[action.name] ?? 0) + 1;
  } catch (error) {
    const name = `${action.name}: ${reasonOf(error)}`;
    failed[name] = (failed[name] ?? 0) + 1;
  }
}

const signIn = { name: 'sign in', run: (person: Person) => person.signIn() };

function draw(random: Random): (typeof actions)[number] | undefined {
  let rest = random.next() * total;
  return actions.find(({ weight }) => (rest -= weight) < 0);
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfabError) return error.code;
  if (error instanceof TRPCClientError) {
    const { code } = (error.data ?? {}) as { code?: string };
    return code ?? 'no answer';
  }
  if (error instanceof TypeError || error instanceof DOMException) return 'no answer';
  return error instanceof Error ? error.message.slice(0, 80) : String(error);
}
