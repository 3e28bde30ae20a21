import { newClientId } from '@confab/contract';
import { until } from '../../chaos/pause.ts';
import type { User } from '../../chaos/clients/user.ts';
import type { Attack, Check } from '../attack.ts';
import { leftBehind } from '../stage/left-behind.ts';
import type { Stage } from '../stage/stage.ts';
import { inParallel, times } from '../wire/in-parallel.ts';

/** What each of them may do, all of them do at once: budgets are for one person, so turns have to be fair. */
const dearest: readonly (readonly [string, unknown])[] = [
  ['rooms.listWithMembers', { limit: 50 }],
  ['users.search', { prefix: '' }],
  ['rooms.list', { prefix: 'room', limit: 100 }],
  ['conversations.list', {}],
  ['presence.snapshot', undefined],
];

async function reads(stage: Stage, people: readonly User[]): Promise<void> {
  const sockets = await Promise.all(people.map((user, i) => stage.socket(user, i % 2 === 0 ? 'ws' : 'web')));
  const each = stage.pick(250, 1_500);
  for (const number of times(each))
    for (const socket of sockets) {
      const [path, input] = dearest[number % dearest.length] ?? ['auth.me', undefined];
      socket.call(number + 1, 'query', path, input);
    }
  await until(() => sockets.every(({ isClosed, received }) => isClosed || received >= each), {
    maxMs: stage.pick(8_000, 30_000),
  });
  const sum = (of: (socket: (typeof sockets)[number]) => number) =>
    sockets.reduce((total, socket) => total + of(socket), 0);
  stage.note(
    `${people.length} readers: ${sum(({ data }) => data)} answered, ${sum((socket) => socket.refused('RATE_LIMITED'))} refused, ${sum(({ isClosed }) => Number(isClosed))} closed`,
  );
  for (const socket of sockets) socket.leave();
}

async function writes(stage: Stage, people: readonly User[]): Promise<void> {
  const [owner] = people;
  if (!owner) return;
  const { id } = await owner.api.rooms.create.mutate({ clientId: newClientId(), name: 'crowd' });
  await inParallel(people.slice(1), 8, ({ api }) => api.rooms.join.mutate({ conversationId: id }));
  const answers = await inParallel(times(people.length * stage.pick(40, 200)), people.length * 4, (i) => {
    const { headers } = people[i % people.length] as User;
    return i % 4 === 0
      ? stage.mutate('conversations.setPreferences', { conversationId: id, pinned: i % 8 === 0 }, headers)
      : stage.mutate(
          'messages.send',
          { conversationId: id, clientId: newClientId(), text: `crowd ${i}` },
          headers,
        );
  });
  stage.note(
    `${people.length} writers: ${answers.filter(({ status }) => status === 200).length} of ${answers.length} taken`,
  );
}

export const crowd: Attack = {
  name: 'crowd',
  sends: 'twenty accounts that read and write as fast as each of them may',
  isLong: true,
  async run(stage): Promise<Check[]> {
    await stage.town();
    const people = await stage.joinAll('crowd', 20);
    await reads(stage, people);
    const checks = await leftBehind(stage, 'ws', 'web', 'store');
    await writes(stage, people);
    return checks;
  },
};
