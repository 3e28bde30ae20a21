import type { Attack, Check } from '../attack.ts';
import type { User } from '../../chaos/clients/user.ts';
import { leftBehind } from '../stage/left-behind.ts';
import { inParallel, times } from '../wire/in-parallel.ts';
import { AttackSocket } from '../wire/attack-socket.ts';

/** Somebody who comes and goes all the time is told of to everybody; others feel nothing of it. */
export const connectChurn: Attack = {
  name: 'connect-churn',
  sends: 'sockets of some accounts that open, listen and leave in a loop, and strangers with made-up tokens',
  isLong: true,
  async run(stage): Promise<Check[]> {
    const people = await stage.joinAll('churner', 5);
    let opened = 0;
    await inParallel(times(stage.pick(400, 5_000)), 25, async (i) => {
      const socket = await stage.socket(people[i % people.length] as User, i % 2 === 0 ? 'ws' : 'web');
      if (socket.isOpen) opened += 1;
      socket.call(1, 'subscription', 'live.hints');
      socket.call(2, 'subscription', 'live.events');
      socket.leave();
    });
    const one = stage.address();
    let guessed = 0;
    await inParallel(times(stage.pick(400, 5_000)), 25, async (i) => {
      const socket = new AttackSocket(stage.url(i % 2 === 0 ? 'ws' : 'web'), {
        token: `${String(i).padStart(8, '0')}${'x'.repeat(32)}`,
        headers: { 'x-forwarded-for': one },
      });
      if (await socket.opened()) guessed += 1;
      await socket.closed(2_000);
      socket.leave();
    });
    stage.note(`${opened} sockets came and went; ${guessed} tokens were heard`);
    return leftBehind(stage, 'ws', 'ws-2', 'web', 'store');
  },
};
