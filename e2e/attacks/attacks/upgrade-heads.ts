import { seededRandom } from '../../chaos/random.ts';
import { type Attack, atMost, equal } from '../attack.ts';
import type { Door, Stage } from '../stage/stage.ts';
import { heads } from '../wire/heads.ts';
import { inParallel } from '../wire/in-parallel.ts';
import { RawConnection } from '../wire/raw-connection.ts';

const parallel = 40;
/** An answer to a head that never ends does not come, and need not. */
const answerMaxMs = 400;

/** Sends one head, and tells the status of what comes back; 0: nothing, which an unfinished head deserves. */
async function send(stage: Stage, door: Door, head: string, leavesAtOnce: boolean): Promise<number> {
  const connection = new RawConnection(stage.port(door));
  connection.write(Buffer.from(head, 'latin1'));
  if (!leavesAtOnce) await connection.answered(answerMaxMs);
  else await new Promise((resolve) => setImmediate(resolve));
  connection.destroy();
  return connection.status;
}

/** A head that a client may send must never be thrown over outside of a handler. */
export const upgradeHeads: Attack = {
  name: 'upgrade-heads',
  sends: 'upgrades with every header name and broken forms, at web and at ws, signed in and not',
  async run(stage) {
    const ada = await stage.join('heads');
    const session = Object.entries(ada.headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const checks = [];
    for (const door of ['web', 'ws'] as const) {
      const pid = stage.product.pidOf(door);
      const random = seededRandom(`heads at ${door}`);
      const all = [...heads(`localhost:${stage.port(door)}`, random, stage.pick(700, 20_000))];
      const statuses = await inParallel(all, parallel, (head, i) =>
        send(stage, door, i % 2 === 0 ? head : head.replace('\r\n', `\r\n${session}`), i % 10 === 9),
      );
      const strange = statuses.filter((status) => status >= 500 && status !== 503 && status !== 505).length;
      stage.note(
        `${all.length} heads at ${door}: ${statuses.filter((status) => status > 0).length} answered, ${statuses.filter((status) => status === 101).length} upgraded`,
      );
      checks.push(
        equal(`${door} outlives every head`, stage.product.pidOf(door), pid),
        atMost(`server errors of ${door}`, strange, 0),
      );
      checks.push({
        what: `${door} answers most heads`,
        seen: `${statuses.filter(Boolean).length} of ${all.length}`,
        holds: statuses.filter(Boolean).length > all.length / 2,
      });
    }
    return checks;
  },
};
