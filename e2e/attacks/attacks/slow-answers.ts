import { hasProc, readPeak, readProcessState } from '../../processes/process-state.ts';
import { pause } from '../../chaos/pause.ts';
import { type Attack, atMost, type Check, equal } from '../attack.ts';
import { times } from '../wire/in-parallel.ts';
import { Throttle } from '../wire/throttle.ts';
import { httpCall } from '../wire/http-call.ts';

const mib = 1_048_576;
const growthMaxMib = 400;

/** Many who read a large answer at a trickle: what waits for them is bounded, and somebody else's answer is whole. */
export const slowAnswers: Attack = {
  name: 'slow-answers',
  sends: 'hundreds of 3-MB pages from many addresses and people, read at 1 KiB a second',
  isLong: true,
  async run(stage): Promise<Check[]> {
    const { people, longGroupId } = await stage.town();
    const members = people.slice(0, 4);
    const input = encodeURIComponent(JSON.stringify({ conversationId: longGroupId, limit: 100 }));
    const path = `/api/trpc/messages.page?input=${input}`;
    const line = await Throttle.open(stage.port('web'), 1_024);
    const web = stage.product.pidOf('web') ?? 0;
    const before = hasProc ? readProcessState(web).rss : 0;
    const reading = times(stage.pick(120, 300)).map((i) =>
      httpCall(line.port, {
        path,
        agent: false,
        maxMs: 600_000,
        headers: {
          ...members[i % 4]?.headers,
          host: new URL(stage.origin).host,
          'x-forwarded-for': stage.address(),
        },
      }),
    );
    await pause(stage.pick(6_000, 30_000));
    const owner = members[0];
    const other = await stage.http({ path, headers: { ...owner?.headers } });
    const checks = [
      equal(
        'somebody else has a whole answer meanwhile',
        [other.status, other.body.length > 900_000],
        [200, true],
      ),
    ];
    if (hasProc)
      checks.push(
        atMost('MiB that web took for them', Math.round((readPeak(web) - before) / mib), growthMaxMib),
      );
    line.close();
    await Promise.all(reading);
    return checks;
  },
};
