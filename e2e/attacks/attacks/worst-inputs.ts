import { until } from '../../chaos/pause.ts';
import { type Attack, type Check, every } from '../attack.ts';
import type { Stage } from '../stage/stage.ts';
import type { Answer } from '../wire/http-call.ts';
import { RawConnection } from '../wire/raw-connection.ts';
import { worstBodies, worstTexts } from '../wire/worst.ts';
import { hasProc } from '../../processes/process-state.ts';
import type { User } from '../../chaos/clients/user.ts';

/** What reading 64 KiB may cost; a quadratic reader takes seconds. Of CPU: a busy machine takes none of it. */
const cpuMaxSeconds = 0.25;
const size = 65_536;

interface Input {
  readonly name: string;
  readonly service: 'web' | 'ws';
  readonly send: () => Promise<Answer | null>;
}

interface Cost {
  readonly name: string;
  readonly seconds: number;
  readonly status: number;
}

async function costOf(stage: Stage, { name, service, send }: Input): Promise<Cost> {
  const before = stage.cpu(service);
  const answer = await send();
  return { name, seconds: stage.cpu(service) - before, status: answer?.status ?? 0 };
}

/** Before authentication, whatever the procedure. */
function anonymous(stage: Stage): Input[] {
  const headers = { 'content-type': 'application/json', ...stage.from(stage.address()) };
  const post = (path: string, body: string) => () => stage.http({ method: 'POST', path, headers, body });
  return [
    ...worstBodies(size).map(([name, body]) => ({
      name: `body ${name}`,
      service: 'web' as const,
      send: post('/api/trpc/auth.signIn', body),
    })),
    ...worstBodies(size)
      .slice(0, 3)
      .map(([name, body]) => ({
        name: `REST body ${name}`,
        service: 'web' as const,
        send: post('/api/auth/login', body),
      })),
    ...worstTexts(15_000).flatMap(([name, text]) => {
      const latin = Buffer.from(text)
        .toString('latin1')
        .replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ');
      return [
        ['cookie', { cookie: `confab_session=${latin}` }] as const,
        ['authorization', { authorization: `Bearer ${latin}` }] as const,
        ['x-forwarded-for', { 'x-forwarded-for': latin }] as const,
        [
          'next-router-state-tree',
          { rsc: '1', 'next-router-state-tree': encodeURIComponent(latin).slice(0, 15_000) },
        ] as const,
      ].map(([header, more]) => ({
        name: `${header} ${name}`,
        service: 'web' as const,
        send: () => stage.http({ path: '/sign-in', headers: { ...stage.from(stage.address()), ...more } }),
      }));
    }),
    ...worstTexts(12_000).map(([name, text]) => ({
      name: `path ${name}`,
      service: 'web' as const,
      send: () =>
        stage.http({
          path: `/${encodeURIComponent(text).slice(0, 14_000)}`,
          headers: stage.from(stage.address()),
        }),
    })),
    ...['/', '//', '/..', '/%2e', '/a', '/%25', '?a=', '&a[]='].map((part) => ({
      name: `path of ${part}`,
      service: 'web' as const,
      send: () => stage.http({ path: `/x${part.repeat(4_000)}`, headers: stage.from(stage.address()) }),
    })),
  ];
}

/** A body that is cut as small as it can be. */
function inCrumbs(stage: Stage): Input {
  return {
    name: 'a body in chunks of one byte',
    service: 'web',
    async send() {
      const connection = new RawConnection(stage.port('web'));
      const head = `POST /api/trpc/auth.signIn HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${stage.address()}\r\n`;
      connection.write(`${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
      connection.write(`${'1\r\n \r\n'.repeat(65_000)}0\r\n\r\n`);
      await connection.answered(10_000);
      connection.destroy();
      return null;
    },
  };
}

/** Texts, names and cursors of somebody who is signed in. */
function signedIn(stage: Stage, { headers }: User): Input[] {
  const id = '0'.repeat(24);
  const clientId = '0'.repeat(32);
  const shapes: readonly [string, (text: string) => object][] = [
    ['messages.send', (text) => ({ conversationId: id, clientId, text })],
    ['messages.react', (emoji) => ({ conversationId: id, messageId: id, clientId, emoji, on: true })],
    ['conversations.createGroup', (name) => ({ clientId, name, userIds: [id] })],
    ['conversations.createGroupByNames', (name) => ({ clientId, name: 'x', users: [name] })],
    ['rooms.create', (topic) => ({ clientId, name: 'x', topic })],
    ['messages.report', (note) => ({ conversationId: id, messageId: id, reason: 'spam', note })],
    ['auth.changePassword', (next) => ({ current: 'x', next })],
  ];
  return shapes.flatMap(([path, shape]) =>
    worstTexts(60_000).map(([name, text]) => ({
      name: `${path} ${name}`,
      service: 'web' as const,
      send: () => stage.mutate(path, shape(text), headers),
    })),
  );
}

/** A frame of a socket that has not even told who it is, and of one that has. */
async function onSocket(stage: Stage, ada: User): Promise<Input[]> {
  const socket = await stage.socket(ada);
  const frames = [...worstBodies(size), ...worstTexts(60_000)];
  return frames.flatMap(([name, frame]) => [
    {
      name: `first frame ${name}`,
      service: 'ws' as const,
      async send() {
        const stranger = await stage.socket({ ...ada, headers: {} }, 'ws', { token: '' });
        stranger.send(frame);
        await stranger.closed(1_500);
        stranger.leave();
        return null;
      },
    },
    {
      name: `frame ${name}`,
      service: 'ws' as const,
      async send() {
        const before = socket.received;
        socket.send(frame);
        await until(() => socket.isClosed || socket.received > before, { maxMs: 400, everyMs: 10 });
        return null;
      },
    },
  ]);
}

/** Reading an input takes time in proportion to its length, whoever sends it. */
export const worstInputs: Attack = {
  name: 'worst-inputs',
  sends: '64 KiB of the worst of everything that is read, signed in and not',
  async run(stage): Promise<Check[]> {
    const ada = await stage.join('worst');
    const inputs = [
      ...anonymous(stage),
      inCrumbs(stage),
      ...signedIn(stage, ada),
      ...(await onSocket(stage, ada)).slice(0, stage.pick(12, Infinity)),
    ];
    const costs: Cost[] = [];
    for (const input of inputs) costs.push(await costOf(stage, input));
    const worst = costs.toSorted((a, b) => b.seconds - a.seconds)[0];
    if (worst) stage.note(`the dearest of ${costs.length}: ${worst.name}, ${worst.seconds.toFixed(2)} CPU-s`);
    return hasProc
      ? [
          every(
            `an input costs less than ${cpuMaxSeconds} s of CPU`,
            costs,
            ({ seconds }) => seconds <= cpuMaxSeconds,
            ({ name, seconds }) => `${name} ${seconds.toFixed(2)} s`,
          ),
        ]
      : [
          every(
            'an input is answered',
            costs.filter(({ status }) => status > 0),
            ({ status }) => status < 500 || status === 503,
            ({ name, status }) => `${name} ${status}`,
          ),
        ];
  },
};
