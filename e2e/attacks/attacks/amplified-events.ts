import { newClientId } from '@confab/contract';
import { until } from '../../chaos/pause.ts';
import { type Attack, atMost, type Check } from '../attack.ts';
import { leftBehind } from '../stage/left-behind.ts';
import { longText } from '../stage/town.ts';
import { inParallel, times } from '../wire/in-parallel.ts';

const socketsEach = 20;
const subscriptionsEach = 10;

/** One message to people who listen as often as they may: what it costs is bounded by bytes, not by messages. */
export const amplifiedEvents: Attack = {
  name: 'amplified-events',
  sends: 'the longest messages to accounts that listen ten times on each of 20 sockets',
  isLong: true,
  async run(stage): Promise<Check[]> {
    const people = await stage.joinAll('listener', stage.pick(2, 10));
    const [owner, ...others] = people;
    if (!owner) return [];
    const { id } = await owner.api.rooms.create.mutate({ clientId: newClientId(), name: 'echo' });
    await inParallel(others, 4, ({ api }) => api.rooms.join.mutate({ conversationId: id }));
    const sockets = await inParallel(times(people.length * socketsEach), 10, async (i) => {
      const socket = await stage.socket(people[i % people.length] ?? owner, i % 2 === 0 ? 'ws' : 'ws-2');
      for (const number of times(subscriptionsEach)) socket.call(number + 1, 'subscription', 'live.events');
      return socket;
    });
    await until(() => sockets.every(({ data, isClosed }) => isClosed || data > 0), { maxMs: 30_000 });
    const before = sockets.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
    const answers = await inParallel(times(people.length * 60), people.length, (i) =>
      stage.mutate(
        'messages.send',
        { conversationId: id, clientId: newClientId(), text: longText },
        (people[i % people.length] ?? owner).headers,
      ),
    );
    const stored = answers.filter(({ status }) => status === 200).length;
    const bytes = sockets.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0) - before;
    stage.note(
      `${stored} messages became ${Math.round(bytes / 1_048_576)} MiB, ${sockets.filter(({ isOpen }) => isOpen).length} of ${sockets.length} sockets are open`,
    );
    for (const socket of sockets) socket.leave();
    return [
      atMost('messages stored of a burst', stored, people.length * 62),
      ...(await leftBehind(stage, 'ws', 'ws-2', 'store')),
    ];
  },
};
