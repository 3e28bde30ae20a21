import { Agent } from 'node:http';
import { type Attack, atMost, type Check, equal, every } from '../attack.ts';
import { leftBehind } from '../stage/left-behind.ts';
import type { Stage } from '../stage/stage.ts';
import { type Answer, countStatuses, retryAfter } from '../wire/http-call.ts';
import { inParallel, times } from '../wire/in-parallel.ts';

const parallel = 40;

interface Kind {
  readonly name: string;
  readonly count: number;
  readonly max: number;
  readonly send: (headers: Readonly<Record<string, string>>) => Promise<Answer>;
}

const batchOf = (path: string, input: unknown) =>
  `/api/trpc/${times(10)
    .map(() => path)
    .join(
      ',',
    )}?batch=1&input=${encodeURIComponent(JSON.stringify(Object.fromEntries(times(10).map((i) => [i, input]))))}`;

/**
 * The first kind uses up a person's budget; what is asked for afterwards passes only as it is filled again. Alone, each
 * could go on for as long as its whole budget lasts, which is some seconds of work.
 */
function signedInKinds(stage: Stage, agent: Agent, id: string): Kind[] {
  const call = (path: string) => (headers: Readonly<Record<string, string>>) =>
    stage.http({ path, headers, agent });
  const input = (value: unknown) => encodeURIComponent(JSON.stringify(value));
  const rooms = `/api/trpc/rooms.listWithMembers?input=${input({ limit: 50 })}`;
  const page = `/api/trpc/messages.page?input=${input({ conversationId: id, limit: 100 })}`;
  const kind = (name: string, count: number, max: number, path: string): Kind => ({
    name,
    count,
    max,
    send: call(path),
  });
  return [
    kind('rooms.listWithMembers', stage.pick(800, 4_000), 600, rooms),
    kind('batches of conversations.list', 60, 10, batchOf('conversations.list', {})),
    kind('pages of 3 MB', 60, 40, page),
    kind('renders of /chats', 60, 40, '/chats'),
    kind('renders of a conversation', 60, 40, `/chats/${id}`),
  ];
}

/** The same of an address; health has a budget of its own, which monitors never miss. */
function anonymousKinds(stage: Stage, agent: Agent): Kind[] {
  const get = (path: string) => (headers: Readonly<Record<string, string>>) =>
    stage.http({ path, headers, agent });
  const name = encodeURIComponent('{"name":"somebody"}');
  const bodies = (headers: Readonly<Record<string, string>>) =>
    stage.http({
      method: 'POST',
      path: '/api/trpc/auth.me',
      agent,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify('a'.repeat(65_000)),
    });
  return [
    {
      name: 'auth.nameAvailable',
      count: 3_200,
      max: 3_000,
      send: get(`/api/trpc/auth.nameAvailable?input=${name}`),
    },
    { name: '/sign-in', count: 200, max: 100, send: get('/sign-in') },
    { name: 'bodies of 64 KiB', count: 400, max: 200, send: bodies },
    { name: '/healthz', count: stage.pick(0, 8_000), max: 6_000, send: get('/healthz') },
  ].filter(({ count }) => count > 0);
}

/** One kind at full speed; whoever is refused learns when to come back. */
async function flood(
  stage: Stage,
  { name, count, max, send }: Kind,
  headers: Readonly<Record<string, string>>,
): Promise<Check[]> {
  const before = stage.cpu('web', 'store');
  const answers = await inParallel(times(count), parallel, () => send(headers));
  const seconds = stage.cpu('web', 'store') - before;
  const refused = answers.filter(({ status }) => status === 429 || status === 503);
  stage.note(`${name}: ${countStatuses(answers)}, ${seconds.toFixed(1)} CPU-s`);
  const passed = answers.length - refused.length - answers.filter(({ status }) => status === 0).length;
  return [
    atMost(`${name}: of ${count}, passed`, passed, max),
    every(
      `${name}: who is refused learns when to come back`,
      refused,
      (answer) => (retryAfter(answer) ?? 0) > 0,
      ({ status }) => String(status),
    ),
  ];
}

/** A budget by cost for each person, over HTTP and for pages as on sockets. */
export const callsOverHttp: Attack = {
  name: 'calls-over-http',
  sends: 'lists, batches, pages of 3 MB and renders of one person, as fast as they go',
  async run(stage) {
    const { people, longGroupId } = await stage.town();
    const agent = new Agent({ keepAlive: true, maxSockets: parallel });
    const checks: Check[] = [];
    for (const kind of signedInKinds(stage, agent, longGroupId))
      checks.push(...(await flood(stage, kind, people[0]?.headers ?? {})));
    agent.destroy();
    return [...checks, ...(await leftBehind(stage, 'web', 'store'))];
  },
};

/** A budget for each address where there is no session; others still get in. */
export const anonymousCalls: Attack = {
  name: 'anonymous-calls',
  sends: 'names, pages and bodies of one address without a session, as fast as they go',
  async run(stage) {
    const checks: Check[] = [];
    const headers = stage.from(stage.address());
    const agent = new Agent({ keepAlive: true, maxSockets: parallel });
    for (const kind of anonymousKinds(stage, agent)) {
      checks.push(...(await flood(stage, kind, headers)));
      const { status } = await kind.send(stage.from(stage.address()));
      checks.push(
        equal(
          `${kind.name}: another address is answered`,
          status !== 429 && status !== 503 && status !== 0,
          true,
        ),
      );
    }
    agent.destroy();
    return checks;
  },
};
