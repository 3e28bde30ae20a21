import { newClientId } from '@confab/contract';
import { password, type User } from '../../chaos/clients/user.ts';
import { type Attack, atMost, type Check, equal, failed } from '../attack.ts';
import type { Stage } from '../stage/stage.ts';
import { codeOf } from '../wire/http-call.ts';
import { inParallel, times } from '../wire/in-parallel.ts';

const reactionsMax = 20;
const batchMax = 10;

/** Calls whose answer carries a cookie, where none can be carried: nothing of them may be done. */
async function sessionsOverSocket(stage: Stage): Promise<Check[]> {
  const ada = await stage.join('tricky');
  const socket = await stage.socket(ada, 'ws', { keep: true });
  const name = 'by-socket';
  const before = await sessionCount(ada);
  await socket.ask(1, 'mutation', 'auth.register', { name, email: `${name}@example.org`, password });
  await socket.ask(2, 'mutation', 'auth.signIn', { login: ada.name, password });
  await socket.ask(3, 'mutation', 'auth.issueToken', { login: ada.name, password });
  const registered = await ada.api.auth.nameAvailable.query({ name });
  const after = await sessionCount(ada);
  const out = await socket.ask(4, 'mutation', 'auth.signOut');
  socket.leave();
  const me = await stage.query('auth.me', undefined, ada.headers);
  stage.note(`signOut over a socket: ${JSON.stringify(out?.error?.data?.confab ?? out?.result)}`);
  return [
    equal('a name registered over a socket stays free', registered.available, true),
    equal('sessions begun by signIn over a socket', after - before <= 1, true),
    equal('after signOut over a socket, the session lives', me.status, 200),
  ];
}

async function sessionCount({ api }: User): Promise<number> {
  return (await api.auth.sessions.query()).length;
}

/** A comma that is one only after it was decoded twice. */
async function hiddenBatches(stage: Stage): Promise<Check[]> {
  const ada = await stage.join('batcher');
  const checks: Check[] = [];
  for (const comma of ['%2C', '%252C', '%25252C']) {
    const paths = times(300)
      .map(() => 'auth.me')
      .join(comma);
    const answer = await stage.http({
      path: `/api/trpc/${paths}?batch=1&input=%7B%7D`,
      headers: ada.headers,
    });
    checks.push(
      atMost(
        `calls that ran of 300 joined by ${comma}`,
        answer.body.match(/"result"/g)?.length ?? 0,
        batchMax,
      ),
    );
    checks.push(
      equal(`300 joined by ${comma} are refused`, answer.status >= 400 && answer.status < 500, true),
    );
  }
  return checks;
}

/** Slow mode holds for what others read, however it got there. */
async function slowModeByEditing(stage: Stage): Promise<Check[]> {
  const [owner, bob] = await stage.joinAll('slow', 2);
  if (!owner || !bob) return [];
  const { id } = await owner.api.rooms.create.mutate({ clientId: newClientId(), name: 'slow' });
  await bob.api.rooms.join.mutate({ conversationId: id });
  const sent = await bob.api.messages.send.mutate({
    conversationId: id,
    clientId: newClientId(),
    text: 'one',
  });
  await owner.api.conversations.update.mutate({
    conversationId: id,
    clientId: newClientId(),
    slowModeSeconds: 3_600,
  });
  const messageId = 'id' in sent.entry ? sent.entry.id : '';
  const edits = await inParallel(times(6), 1, (i) =>
    stage.mutate(
      'messages.edit',
      { conversationId: id, messageId, clientId: newClientId(), text: `edit ${i}` },
      bob.headers,
    ),
  );
  return [
    atMost('edits of one message within a slow hour', edits.filter(({ status }) => status === 200).length, 2),
  ];
}

async function reactionsAtOnce(stage: Stage): Promise<Check[]> {
  const [ada, bob] = await stage.joinAll('reactor', 2);
  if (!ada || !bob) return [];
  const { id } = await ada.api.conversations.openDirect.mutate({ userId: bob.id });
  const sent = await ada.api.messages.send.mutate({
    conversationId: id,
    clientId: newClientId(),
    text: 'react',
  });
  const messageId = 'id' in sent.entry ? sent.entry.id : '';
  const emoji = times(25).map((i) => String.fromCodePoint(0x1f600 + i));
  const answers = await Promise.all(
    emoji.map((each) =>
      stage.mutate(
        'messages.react',
        { conversationId: id, messageId, clientId: newClientId(), emoji: each, on: true },
        ada.headers,
      ),
    ),
  );
  const page = await ada.api.messages.page.query({ conversationId: id });
  const shown = JSON.stringify(page).match(/"emoji":"/g)?.length ?? 0;
  return [
    atMost(
      `of ${emoji.length} reactions at once, taken`,
      answers.filter(({ status }) => status === 200).length,
      reactionsMax,
    ),
    atMost('reactions of one person that are shown', shown, reactionsMax * 2),
  ];
}

/** Whoever sends an Authorization header means it: a cookie does not stand in for what it lacks. */
async function emptyBearer(stage: Stage): Promise<Check[]> {
  const ada = await stage.join('bearer');
  const values = ['Bearer ', 'Bearer', 'bearer  ', 'Bearer \t', 'Bearer a b'];
  const answers = await inParallel(values, 1, (authorization) =>
    stage.query('auth.me', undefined, { ...ada.headers, authorization }),
  );
  return values.map((value, i) => equal(`authorization "${value}" beside a cookie`, answers[i]?.status, 401));
}

/** An idempotent retry over another way, another body, or another spelling is not another right. */
async function wrongMethods(stage: Stage): Promise<Check[]> {
  const ada = await stage.join('method');
  const input = encodeURIComponent(JSON.stringify({ clientId: newClientId(), name: 'x' }));
  const byGet = await stage.http({ path: `/api/trpc/rooms.create?input=${input}`, headers: ada.headers });
  const foreign = await stage.mutate(
    'rooms.create',
    { clientId: newClientId(), name: 'x' },
    { ...ada.headers, origin: 'https://evil.example' },
  );
  const plain = await stage.mutate(
    'rooms.create',
    { clientId: newClientId(), name: 'x' },
    { ...ada.headers, origin: 'null', 'content-type': 'text/plain' },
  );
  return [
    equal('a mutation by GET', byGet.status, 405),
    equal('a foreign Origin', [foreign.status, codeOf(foreign)], [403, 'CROSS_SITE']),
    equal('an opaque Origin', plain.status, 403),
  ];
}

/** The same call by another way asks for the same. */
export const transportTricks: Attack = {
  name: 'transport-tricks',
  sends: 'sessions over a socket, batches in disguise, edits in slow mode, reactions at once, empty tokens',
  async run(stage) {
    const parts = [
      sessionsOverSocket,
      hiddenBatches,
      slowModeByEditing,
      reactionsAtOnce,
      emptyBearer,
      wrongMethods,
    ];
    const outcomes = parts.map((part) => part(stage).catch((error: unknown) => [failed(part.name, error)]));
    return (await Promise.all(outcomes)).flat();
  },
};
