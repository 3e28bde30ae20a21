import { until } from '../../chaos/pause.ts';
import { type Attack, atMost, type Check, equal, every } from '../attack.ts';
import type { Door, Stage } from '../stage/stage.ts';
import { AttackSocket } from '../wire/attack-socket.ts';
import { inParallel, times } from '../wire/in-parallel.ts';

const max = { perAddress: 50, perPerson: 20 };
const silentMaxMs = 12_000;

/** One network of IPv6 in many spellings (RFC 5952 is what people write, RFC 4291 what they may). */
function ipv6(number: number): string {
  const low = number.toString(16);
  const forms = [
    `2001:db8:7:7::${low}`,
    `2001:0DB8:0007:0007:0:0:ffff:${low}`,
    `2001:db8:7:7:${low}:1:1:1`,
    `2001:db8:7:7::10.0.0.${number % 250}`,
  ];
  return forms[number % forms.length] ?? '';
}

/** Sockets that promise a token and never send it. */
function strangers(
  stage: Stage,
  door: Door,
  count: number,
  addressOf: (number: number) => string,
): Promise<AttackSocket[]> {
  return inParallel(times(count), 20, async (number) => {
    const socket = new AttackSocket(`${stage.url(door)}?connectionParams=1`, {
      headers: { 'x-forwarded-for': addressOf(number) },
    });
    await socket.opened();
    return socket;
  });
}

const open = (sockets: readonly AttackSocket[]) => sockets.filter(({ isOpen }) => isOpen).length;

async function fromOneAddress(
  stage: Stage,
  name: string,
  doors: readonly Door[],
  addressOf: (number: number) => string,
): Promise<Check[]> {
  const sockets = (await Promise.all(doors.map((door) => strangers(stage, door, 70, addressOf)))).flat();
  await until(() => open(sockets) <= max.perAddress * doors.length, { maxMs: 500 });
  const checks = [atMost(`${name}: sockets without a session`, open(sockets), max.perAddress * doors.length)];
  const [other] = await strangers(stage, doors[0] ?? 'web', 1, () => stage.address());
  checks.push(equal(`${name}: another address opens one`, other?.isOpen, true));
  await until(() => sockets.every(({ isClosed }) => isClosed), { maxMs: silentMaxMs });
  const codes = [...new Set(sockets.map(({ closeCode, refusedStatus }) => refusedStatus ?? closeCode))];
  stage.note(`${name}: ends ${codes.join(', ')}`);
  checks.push(
    every(
      `${name}: the silent are closed`,
      sockets,
      ({ isClosed }) => isClosed,
      () => 'open',
    ),
  );
  for (const socket of [...sockets, ...(other ? [other] : [])]) socket.leave();
  return checks;
}

async function ofOnePerson(stage: Stage): Promise<Check[]> {
  const ada = await stage.join('manifold');
  const doors: readonly Door[] = ['ws', 'ws-2', 'web'];
  const sockets = await inParallel(times(stage.pick(45, 150)), 15, (i) => stage.socket(ada, doors[i % 3]));
  await until(() => open(sockets) <= max.perPerson, { maxMs: 3_000 });
  const checks = [equal('connections of one person over two processes', open(sockets), max.perPerson)];
  const refused = sockets.filter(({ isOpen }) => !isOpen);
  stage.note(
    `one too many ends with ${[...new Set(refused.map(({ closeCode, refusedStatus, closeReason }) => `${refusedStatus ?? closeCode} ${closeReason}`))].join(', ')}`,
  );
  for (const socket of sockets) socket.leave();
  let back: AttackSocket | null = null;
  for (let attempt = 0; attempt < 20 && back?.isOpen !== true; attempt += 1) {
    back = await stage.socket(ada, 'web');
    await until(() => back?.isOpen !== true, { maxMs: 300 });
  }
  checks.push(equal('who left may come back', back?.isOpen, true));
  back?.leave();
  return checks;
}

/** Counted by address before a session is known, by person afterwards, over all processes. */
export const manyConnections: Attack = {
  name: 'many-connections',
  sends:
    '70 sockets without a session from one address and from one IPv6 /64, 45 of one person at three doors',
  async run(stage) {
    const one = stage.address();
    const parts = await Promise.all([
      fromOneAddress(stage, 'web', ['web'], () => one),
      fromOneAddress(stage, 'ws', ['ws'], () => '10.9.9.9'),
      fromOneAddress(stage, 'an IPv6 /64', ['web'], ipv6),
      ofOnePerson(stage),
    ]);
    return parts.flat();
  },
};
