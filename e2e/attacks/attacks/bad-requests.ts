import { newClientId } from '@confab/contract';
import type { User } from '../../chaos/clients/user.ts';
import { type Attack, type Check, every } from '../attack.ts';
import type { Stage } from '../stage/stage.ts';
import { type Answer, codeOf } from '../wire/http-call.ts';
import { badAccountCalls, badForms, type Case } from '../wire/bad-account-requests.ts';
import { inParallel } from '../wire/in-parallel.ts';

const id = '0'.repeat(24);

function things(stage: Stage, { headers }: User): Case[] {
  const query = (path: string, input: unknown) => stage.query(path, input, headers);
  const send = (more: object) =>
    stage.mutate(
      'messages.send',
      { conversationId: id, clientId: newClientId(), text: 'x', ...more },
      headers,
    );
  const bad = (name: string, send: () => Promise<Answer>, ...wanted: number[]): Case => ({
    name,
    send,
    wanted: wanted.length > 0 ? wanted : [400],
  });
  return [
    ...[-1, 1e9, '10', null, 0.5].map((limit) =>
      bad(`a limit of ${JSON.stringify(limit)}`, () => query('users.search', { prefix: '', limit })),
    ),
    bad('a malformed id', () => query('conversations.get', { conversationId: '../../etc/passwd' })),
    bad('an operator for an id', () => query('conversations.get', { conversationId: { $gt: '' } })),
    bad('a foreign id', () => query('conversations.get', { conversationId: id }), 404),
    bad('a forged cursor', () => query('users.search', { prefix: '', cursor: 'AAAA' })),
    bad('a cursor of an object', () =>
      query('users.search', { prefix: '', cursor: Buffer.from('{"$ne":1}').toString('base64url') }),
    ),
    bad('a search as a pattern', () => query('users.search', { prefix: '(a+)+$' }), 200),
    bad('white space', () => send({ text: ' \n\u200b ' })),
    bad('20,000 marks', () => send({ text: `a${'\u0301'.repeat(20_000)}` })),
    bad('a tower of marks', () => send({ text: `a${'\u0301'.repeat(50)}` })),
    bad('a text of 10,001', () => send({ text: 'x'.repeat(10_001) })),
    bad('a sender', () => send({ senderId: id })),
    bad('a message to nowhere', () => send({}), 404),
    bad(
      'a mutation by GET',
      () => query('messages.send', { conversationId: id, clientId: newClientId(), text: 'x' }),
      405,
    ),
    bad('a query by POST', () => stage.mutate('auth.me', {}, headers), 405),
    bad('a subscription over HTTP', () => query('live.events', {}), 200, 400, 405, 406),
    bad('eleven calls', () =>
      stage.http({
        path: `/api/trpc/${Array.from({ length: 11 }, () => 'auth.me').join(',')}?batch=1&input=%7B%7D`,
        headers,
      }),
    ),
  ];
}

function paths(stage: Stage): Case[] {
  const get = (path: string, ...wanted: number[]): Case => ({
    name: path.slice(0, 60),
    wanted,
    send: () => stage.http({ path, headers: stage.from(stage.address()) }),
  });
  return [
    get('/chats/%ff', 404, 307),
    get('/%ff', 404),
    get('/%00', 404, 400),
    get('/..%2f..%2fetc%2fpasswd', 404),
    get('/_next/static/..%2f..%2f..%2fpackage.json', 404, 400),
    get('/_next/image?url=http://127.0.0.1:1/x&w=64&q=1', 404, 400),
    get('/api/trpc/', 404, 400),
    get('/api/nothing', 404),
    get('/api/%ff', 404, 400),
    get('/invite/%ff', 404, 307),
    get(`/${'a/'.repeat(3_000)}`, 404, 414, 308),
    {
      name: 'GET *',
      wanted: [404, 400],
      send: () => stage.http({ path: '*', headers: stage.from(stage.address()) }),
    },
    {
      name: 'a POST to a page',
      wanted: [405],
      send: () => stage.http({ method: 'POST', path: '/chats', headers: stage.from(stage.address()) }),
    },
    {
      name: 'DELETE',
      wanted: [405],
      send: () => stage.http({ method: 'DELETE', path: '/chats', headers: stage.from(stage.address()) }),
    },
    {
      name: 'a server action',
      wanted: [405, 404, 400, 403],
      send: () =>
        stage.http({
          method: 'POST',
          path: '/chats',
          headers: { ...stage.from(stage.address()), 'next-action': 'x'.repeat(42) },
          body: '[]',
        }),
    },
    {
      name: 'headers of 20 KB',
      wanted: [431],
      send: () => stage.http({ path: '/', headers: { 'x-long': 'x'.repeat(20_000) } }),
    },
  ];
}

/** Bad input is refused with its code; it is never a 500, a stack trace or a change. */
export const badRequests: Attack = {
  name: 'bad-requests',
  sends: 'the list of bad input over HTTP',
  async run(stage): Promise<Check[]> {
    const ada = await stage.join('bad');
    const cases = [
      ...badAccountCalls(stage),
      ...things(stage, ada),
      ...paths(stage),
      ...badForms(stage, ada),
    ];
    const answers = await inParallel(cases, 4, async (each) => ({ ...each, answer: await each.send() }));
    return [
      every(
        'refused as it should be',
        answers,
        ({ answer, wanted }) => wanted.includes(answer.status),
        ({ name, answer, wanted }) =>
          `${name}: ${answer.status} ${codeOf(answer)}, wanted ${wanted.join(' or ')}`,
      ),
      every(
        'no stack trace',
        answers,
        ({ answer }) => !/\n\s+at \S+ \(|node:internal|\/work\//.test(answer.body),
        ({ name }) => name,
      ),
      every(
        'nobody is signed in',
        answers,
        ({ answer }) => !/session=[^;]/.test((answer.headers['set-cookie'] ?? []).join()),
        ({ name }) => name,
      ),
      {
        what: 'nothing was registered',
        seen: '',
        holds: (await ada.api.auth.nameAvailable.query({ name: 'somebody' })).available,
      },
    ];
  },
};
