import { type Client, connect } from '../send/crowd.ts';
import { until } from '@confab/e2e/chaos/pause';
import { AnswerCutter } from './answer-cutter.ts';
import { type Attempt, sendUntilAnswered, waysOf } from './attempts.ts';
import { countFigure, type Figure } from './figure.ts';
import { readLog } from './read-log.ts';
import { type Sender, sendersOf } from './senders.ts';
import type { World } from './world.ts';

const copies = 100;
/** Bursts under way at once; those who wait until they may try again come on top. */
const burstsMax = 8;
const cutsOf = (rounds: number) => Math.ceil(rounds / 10);

interface Totals {
  answers: number;
  /** Another entry than the first answer's, or none. */
  others: number;
  /** Told to wait, and answered when tried again. */
  refused: number;
  conflicts: number;
}

/** One client id, a hundred times at once; what is refused for the limit of messages comes again when it may. */
async function sendCopies(
  world: World,
  sender: Sender,
  totals: Totals,
  onBurstOver: () => void,
): Promise<void> {
  const { ways, sockets } = waysOf(world, sender);
  try {
    const wayOf = (i: number) => ways[i % ways.length] ?? ways[0];
    const burst = await Promise.all(
      Array.from({ length: copies }, (_, i) => wayOf(i).attempt(sender.message)),
    );
    onBurstOver();
    const answers: Attempt[] = burst.filter(({ kind }) => kind !== 'wait');
    totals.refused += copies - answers.length;
    for (let i = answers.length; i < copies; i++)
      answers.push(await sendUntilAnswered(wayOf(i), sender.message));
    const [first] = answers;
    for (const answer of answers) {
      totals.answers += 1;
      const same = answer.kind === 'stored' && first?.kind === 'stored';
      if (!same || answer.id !== first.id || answer.rev !== first.rev) totals.others += 1;
    }
    const other = await sendUntilAnswered(ways[0], { ...sender.message, text: 'something else' });
    if (other.kind === 'refused' && other.code === 'CLIENT_ID_REUSED') totals.conflicts += 1;
  } finally {
    await closeAll(sockets);
  }
}

/** The connection ends with the first byte of the answer; then the same again, through the other process. */
async function sendThroughCut(world: World, sender: Sender, cutter: AnswerCutter): Promise<boolean> {
  const cut: Client = connect(`ws://127.0.0.1:${String(cutter.port)}/ws`, world.origin, sender.account);
  const { ways, sockets } = waysOf(world, sender);
  try {
    await cut.trpc.auth.me.query();
    const cuts = cutter.arm();
    const outcome = cut.trpc.messages.send.mutate(sender.message).then(
      () => 'answered',
      () => 'cut',
    );
    if (!(await until(cuts, { maxMs: 10_000, everyMs: 2 })) || (await outcome) !== 'cut') return false;
    const retriedAt = Date.now();
    const answer = await sendUntilAnswered(ways[0], sender.message);
    return answer.kind === 'stored' && answer.createdAt <= retriedAt;
  } finally {
    await closeAll([cut, ...sockets]);
  }
}

/** One client id is one message, through two ws and two web processes. */
export async function measureDuplicates(world: World, rounds: number): Promise<Figure[]> {
  const cuts = cutsOf(rounds);
  const { senders, rooms } = await sendersOf(world, rounds + cuts);
  world.say(`${String(senders.length)} people are there.`);
  const totals: Totals = { answers: 0, others: 0, refused: 0, conflicts: 0 };
  await inBursts(senders.slice(0, rounds), (sender, onBurstOver) =>
    sendCopies(world, sender, totals, onBurstOver),
  );
  world.say(`${totals.answers.toLocaleString('en')} sends are answered.`);
  const cutter = await AnswerCutter.open(world.ports.ws[0]);
  let committed = 0;
  for (const sender of senders.slice(rounds)) if (await sendThroughCut(world, sender, cutter)) committed += 1;
  cutter.close();

  const wanted = new Set(senders.map(({ message }) => message.clientId));
  const logs = await Promise.all(rooms.map(({ reader, conversationId }) => readLog(reader, conversationId)));
  const stored = logs.flat().flatMap((entry) => (entry.kind === 'message' ? [entry.clientId] : []));
  const size = `${rounds.toLocaleString('en')} client ids, each ${String(copies)} times at once, 2 ws and 2 web`;
  const cutSize = `${String(cuts)} connections ended with the first byte of the answer`;
  return [
    countFigure({ what: 'sends answered with an entry', size }, totals.answers, { exactly: rounds * copies }),
    countFigure({ what: '… of them told to wait for the limit first', size }, totals.refused, null),
    countFigure({ what: "answers other than the first one's entry", size }, totals.others, { exactly: 0 }),
    countFigure({ what: 'same id, other text: conflict', size }, totals.conflicts, { exactly: rounds }),
    countFigure({ what: 'stored before the retry, which got that entry', size: cutSize }, committed, {
      exactly: cuts,
    }),
    countFigure({ what: 'messages in the logs', size: `${size}; ${cutSize}` }, stored.length, {
      exactly: wanted.size,
    }),
    countFigure(
      { what: 'client ids in the logs', size: `${size}; ${cutSize}` },
      new Set(stored.filter((id) => wanted.has(id))).size,
      { exactly: wanted.size },
    ),
  ];
}

const closeAll = (clients: readonly Client[]) => Promise.all(clients.map((client) => client.close()));

/** Runs all of them, a few at once until each says that its burst is over. */
async function inBursts(
  senders: readonly Sender[],
  run: (sender: Sender, onBurstOver: () => void) => Promise<void>,
): Promise<void> {
  const left = [...senders];
  const all: Promise<void>[] = [];
  const lane = async () => {
    for (let sender = left.pop(); sender; sender = left.pop()) {
      const next = sender;
      await new Promise<void>((resolve, reject) => {
        const done = run(next, resolve);
        done.catch(reject);
        all.push(done);
      });
    }
  };
  await Promise.all(Array.from({ length: burstsMax }, lane));
  await Promise.all(all);
}
