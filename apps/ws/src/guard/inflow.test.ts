import { expect, it } from 'vitest';
import { Inflow, type InflowLimits } from './inflow.ts';
import { type Call, readFrame } from './read-frame.ts';

const limits: InflowLimits = { callsMax: 3, waitingFramesMax: 2, waitingBytesMax: 1_000 };

function anInflow(given: Partial<InflowLimits> = {}) {
  const host = {
    full: false,
    log: [] as string[],
    refused: [] as Call[],
    started: [] as unknown[],
  };
  const inflow = new Inflow(
    { ...limits, ...given },
    {
      isFull: () => host.full,
      deliver: ({ data }) => host.started.push(JSON.parse(data.toString()) as unknown),
      refuse: (calls) => host.refused.push(...calls),
      pause: () => host.log.push('pause'),
      resume: () => host.log.push('resume'),
    },
  );
  const receive = (value: unknown) => {
    const data = Buffer.from(JSON.stringify(value));
    inflow.receive({ data, isBinary: false, frame: readFrame(data, false) });
  };
  const answer = (id: number, isLast = false) => {
    inflow.answered(id, isLast);
    inflow.proceed();
  };
  const startedIds = () => host.started.flat().map((message) => (message as { id: number }).id);
  return { inflow, host, receive, answer, startedIds };
}

const call = (id: number, method = 'query') => ({ id, method, params: { path: 'a.b' } });

it('works on so many calls at a time, starts the next with each answer, and keeps the order', () => {
  const { inflow, receive, answer, startedIds } = anInflow();
  for (let id = 1; id <= 5; id++) receive(call(id));
  expect(startedIds()).toEqual([1, 2, 3]);
  answer(2);
  expect(startedIds()).toEqual([1, 2, 3, 4]);
  for (const id of [1, 3, 4, 5]) answer(id);
  expect(startedIds()).toEqual([1, 2, 3, 4, 5]);
  expect(inflow.callsInFlight).toBe(0);
});

it('counts the calls of a batch, and lets nothing pass it', () => {
  const { receive, answer, startedIds } = anInflow();
  receive(call(1));
  receive([call(2), call(3), call(4, 'mutation')]);
  receive(call(5));
  expect(startedIds()).toEqual([1]);
  answer(1);
  expect(startedIds()).toEqual([1, 2, 3, 4]);
});

it('does not count subscriptions, nor their events as answers', () => {
  const { inflow, receive, answer, startedIds } = anInflow();
  for (let id = 1; id <= 9; id++) receive(call(id, 'subscription'));
  receive(call(10));
  for (let i = 0; i < 5; i++) answer(1);
  expect(inflow.callsInFlight).toBe(1);
  expect(startedIds()).toHaveLength(10);
});

it('reads on while little waits, and not when there is enough, by frames or by bytes', () => {
  const { host, receive, answer } = anInflow();
  for (let id = 1; id <= 5; id++) receive(call(id));
  expect(host.log).toEqual([]);
  receive(call(6));
  expect(host.log).toEqual(['pause']);
  answer(1);
  expect(host.log).toEqual(['pause', 'resume']);
  receive({ ...call(7), padding: 'x'.repeat(1_000) });
  expect(host.log).toEqual(['pause', 'resume', 'pause']);
});

it('starts nothing for a client that has no room for answers', () => {
  const { inflow, host, receive, startedIds } = anInflow();
  host.full = true;
  receive(call(1));
  expect(startedIds()).toEqual([]);
  host.full = false;
  inflow.proceed();
  expect(startedIds()).toEqual([1]);
});

it('refuses an id that is in use, by a call or a subscription, and twice in a frame, until it is free again', () => {
  const { host, receive, answer, startedIds } = anInflow();
  receive(call(1));
  receive(call(2, 'subscription'));
  receive(call(1));
  receive(call(2));
  receive(call(2, 'subscription'));
  receive([call(3), call(3)]);
  expect(host.refused.map(({ id }) => id)).toEqual([1, 2, 2, 3, 3]);
  answer(1);
  answer(2, true);
  receive(call(1));
  receive(call(2));
  expect(startedIds()).toEqual([1, 2, 1, 2]);
});

it('starts what waits never, once it has ended, and keeps none of it', () => {
  const { inflow, host, receive, answer, startedIds } = anInflow();
  for (let id = 1; id <= 6; id++) receive(call(id));
  inflow.end();
  answer(1);
  receive(call(7));
  expect(startedIds()).toEqual([1, 2, 3]);
  expect(inflow.waitingBytes).toBe(0);
  expect(host.log).toEqual(['pause']);
});

it('takes a frame of more calls than may be in flight alone', () => {
  const { receive, answer, startedIds } = anInflow({ callsMax: 2 });
  receive(call(1));
  receive([call(2), call(3), call(4)]);
  answer(1);
  expect(startedIds()).toEqual([1, 2, 3, 4]);
});
