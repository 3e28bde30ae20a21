import { pause } from '../pause.ts';
import type { Random } from '../random.ts';
import type { Population } from './population.ts';
import { fetchInTime, isCut, type User } from './user.ts';

/** How requests ended: by status, and `cut` when there was no answer. */
export type HttpOutcomes = Record<string, number>;

interface HttpLoad {
  readonly origin: string;
  readonly population: Population;
  /** So many requests at once. */
  readonly parallel: number;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** A page costs the server what many calls cost. */
const pageShare = 0.15;
const pauseMaxMs = 30;
/** A door with nothing behind it refuses at once. */
const pauseAfterCutMs = 200;

/** Pages, searches and lists, some always in flight, until the signal aborts. */
export async function loadHttp(load: HttpLoad): Promise<HttpOutcomes> {
  const outcomes: HttpOutcomes = {};
  const { parallel, signal, random } = load;
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (!signal.aborted) {
        const outcome = await request(load);
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        await pause(outcome === 'cut' ? pauseAfterCutMs : random.whole(0, pauseMaxMs), signal);
      }
    }),
  );
  return outcomes;
}

async function request({ origin, population, random, signal }: HttpLoad): Promise<string> {
  const user = random.pick(population.users);
  try {
    const answer = await fetchInTime(`${origin}${pathFor(user, population, random)}`, {
      headers: user.headers,
      signal,
    });
    await answer.arrayBuffer();
    return String(answer.status);
  } catch (error) {
    if (isCut(error)) return 'cut';
    throw error;
  }
}

function pathFor(user: User, { conversations }: Population, random: Random): string {
  const own = conversations.filter(({ members }) => members.includes(user));
  const conversationId = random.pick(own).id;
  if (random.chance(pageShare)) return random.pick(['/chats', `/chats/${conversationId}`]);
  const [procedure, input] = random.pick<[string, object]>([
    ['conversations.list', {}],
    ['users.search', { prefix: 'user' }],
    ['messages.page', { conversationId }],
  ]);
  return `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
}
