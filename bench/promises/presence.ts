import { until } from '@confab/e2e/chaos/pause';
import { WebSocket } from 'ws';
import { type Account, type Client, connect } from '../send/crowd.ts';
import { answerPings } from './answer-pings.ts';
import { countFigure, type Figure, timesFigure } from './figure.ts';
import { PresenceObserver } from './presence-observer.ts';
import { createAccounts, headersOf, type World, wsUrl } from './world.ts';

const people = 30;
/** Of them, those with a second device that stays. */
const withAnother = 10;
const closedPromisedMs = 2_000;
const lostPromisedMs = 30_000;
/** How long the observer looks on after the limit, so that what comes too late is seen. */
const lateMs = 5_000;
/** Longer than anybody waits here: what is cut off hears nothing of it. */
const silenceMs = 120_000;

interface Person {
  readonly id: string;
  readonly account: Account;
  /** Leads to the first ws process. */
  readonly device: WebSocket;
  /** On the second one; it stays. */
  readonly another: WebSocket | null;
}

interface Loss {
  readonly name: string;
  readonly size: string;
  readonly promisedMs: number;
  /** Where the first devices connect to; each has a number. */
  readonly url: (world: World, number: number) => string;
  readonly lose: (world: World, persons: readonly Person[]) => void;
}

const direct = ({ ports }: World) => wsUrl(ports.ws[0]);
const throughDoor = ({ wsDoor }: World, number: number) => `${wsUrl(wsDoor.port)}?device=${String(number)}`;

const losses: readonly Loss[] = [
  {
    name: 'socket closed',
    size: 'clean close',
    promisedMs: closedPromisedMs,
    url: direct,
    lose: (_, persons) => {
      for (const { device } of persons) device.close(1_000);
    },
  },
  {
    name: 'cable pulled',
    size: 'a proxy that passes nothing on, either way',
    promisedMs: lostPromisedMs,
    url: throughDoor,
    lose: ({ cutOff, wsDoor }, persons) => {
      persons.forEach((_, number) => cutOff.add(number));
      wsDoor.breakCutOff({ kind: 'silence', holdMs: silenceMs });
    },
  },
  {
    name: 'ws process killed',
    size: 'kill -9, nobody returns',
    promisedMs: lostPromisedMs,
    url: direct,
    lose: ({ product }) => void product.signal('ws', 'SIGKILL'),
  },
];

function open(world: World, account: Account, url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers: headersOf(world, account) });
  answerPings(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      resolve(socket);
    });
    socket.on('error', reject);
  });
}

async function arrive(world: World, { name, url }: Loss): Promise<Person[]> {
  const accounts = await createAccounts(world, name.replaceAll(' ', '-'), people);
  return Promise.all(
    accounts.map(async (account, i) => ({
      id: (await account.api.auth.me()).id,
      account,
      device: await open(world, account, url(world, i)),
      another: i < withAnother ? await open(world, account, wsUrl(world.ports.ws[1])) : null,
    })),
  );
}

async function measureLoss(world: World, observer: PresenceObserver, loss: Loss): Promise<Figure[]> {
  const persons = await arrive(world, loss);
  if (!(await until(() => persons.every(({ id }) => observer.isOnline(id)), { maxMs: 20_000 })))
    throw new Error('not everybody is seen online');
  // Those who come back by themselves, as the app does: never offline.
  const returning = loss.name === 'ws process killed' ? await returners(world, observer) : null;
  const from = performance.now();
  loss.lose(world, persons);
  const leave = persons.filter(({ another }) => another === null).map(({ id }) => id);
  const stay = persons.filter(({ another }) => another !== null).map(({ id }) => id);
  const isGone = (id: string) => observer.offlineAt(id, from) !== null;
  await until(() => leave.every(isGone), { maxMs: loss.promisedMs + lateMs });
  // A false farewell would come with the true ones, or a sweep of expired leases later.
  const gone = performance.now();
  await until(() => performance.now() - gone > lateMs, { maxMs: 2 * lateMs });
  const ids = returning?.ids ?? [];
  const figures = [
    timesFigure(
      {
        what: `${loss.name}: until another sees them offline`,
        size: `${String(leave.length)} people, ${loss.size}`,
      },
      leave.map((id) => (observer.offlineAt(id, from) ?? Infinity) - from),
      loss.promisedMs,
    ),
    countFigure(
      {
        what: `${loss.name}: seen offline while another device lives`,
        size: `${String(stay.length)} people`,
      },
      stay.filter((id) => isGone(id) || !observer.isOnline(id)).length,
      { exactly: 0 },
    ),
    ...(returning
      ? [
          countFigure(
            {
              what: `${loss.name}: seen offline though their app came back`,
              size: `${String(ids.length)} people`,
            },
            ids.filter((id) => isGone(id) || !observer.isOnline(id)).length,
            { exactly: 0 },
          ),
        ]
      : []),
  ];
  for (const { device, another } of persons) for (const socket of [device, another]) socket?.terminate();
  await returning?.close();
  return figures;
}

/** Apps on the process that is about to die. They come back through the door, to whichever process is there. */
async function returners(world: World, observer: PresenceObserver) {
  const accounts = await createAccounts(world, 'returning', withAnother);
  const clients: Client[] = accounts.map((account) =>
    connect(wsUrl(world.wsDoor.port), world.origin, account),
  );
  const ids = await Promise.all(clients.map(async ({ trpc }) => (await trpc.auth.me.query()).id));
  await until(() => ids.every((id) => observer.isOnline(id)), { maxMs: 20_000 });
  return {
    ids,
    async close() {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

/** Who is seen online, by somebody on the other process. */
export async function measurePresence(world: World): Promise<Figure[]> {
  const [account] = await createAccounts(world, 'observer', 1);
  if (!account) throw new Error('nobody is there');
  const observer = new PresenceObserver(connect(wsUrl(world.ports.ws[1]), world.origin, account));
  try {
    const figures: Figure[] = [];
    for (const loss of losses) {
      figures.push(...(await measureLoss(world, observer, loss)));
      world.say(`${loss.name} is over.`);
    }
    return figures;
  } finally {
    await observer.close();
  }
}
