import { expect, it } from 'vitest';
import { Outflow } from './outflow.ts';

const limits = { unacknowledgedBytesMax: 262_144, waitingBytesMax: 524_288 };

function anOutflow() {
  const wire = { now: 0, pieces: [] as { text: string; fin: boolean }[], pings: [] as Buffer[], rooms: 0 };
  const outflow = new Outflow(limits, {
    send: (piece, fin) => wire.pieces.push({ text: piece.toString(), fin }),
    ping: (payload) => wire.pings.push(payload),
    onRoom: () => (wire.rooms += 1),
    now: () => wire.now,
  });
  const write = (text: string) => {
    outflow.write(text, Buffer.byteLength(text));
  };
  const sentBytes = () => wire.pieces.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  /** As a client does that has read everything. */
  const answerPings = () => wire.pings.splice(0).map((ping) => outflow.acknowledge(ping));
  return { outflow, wire, write, sentBytes, answerPings };
}

const frame = (index: number) => `${String(index).padStart(6, '0')}${'x'.repeat(994)}`;

it('sends what its reader may owe, keeps the rest in order, and sends on as it is acknowledged', () => {
  const { outflow, wire, write, sentBytes, answerPings } = anOutflow();
  for (let i = 0; i < 600; i++) write(frame(i));
  expect(sentBytes()).toBeLessThanOrEqual(limits.unacknowledgedBytesMax + 1_000);
  expect(outflow.isFull).toBe(true);
  expect(outflow.waitingBytes + sentBytes()).toBe(600_000);
  while (wire.pings.length > 0) expect(answerPings().every(Boolean)).toBe(true);
  expect(wire.pieces.map(({ text }) => text)).toEqual(Array.from({ length: 600 }, (_, i) => frame(i)));
  expect([outflow.isFull, outflow.waitingBytes, wire.rooms > 0]).toEqual([false, 0, true]);
  expect(outflow.unacknowledgedBytes).toBeLessThan(65_536);
});

it('the last of several pongs stands for those before, and one that answers nothing for none', () => {
  const { outflow, wire, write } = anOutflow();
  for (let i = 0; i < 250; i++) write(frame(i));
  const owed = outflow.unacknowledgedBytes;
  for (const forged of [Buffer.alloc(0), Buffer.alloc(4), Buffer.alloc(125)]) {
    expect(outflow.acknowledge(forged)).toBe(false);
  }
  expect(outflow.unacknowledgedBytes).toBe(owed);
  expect(outflow.acknowledge(wire.pings.at(-1) ?? Buffer.alloc(0))).toBe(true);
  expect(outflow.unacknowledgedBytes).toBeLessThan(65_536);
  expect(outflow.acknowledge(wire.pings[0] ?? Buffer.alloc(0))).toBe(false);
});

it('a large frame goes in parts, with markers in between, and nothing comes between its parts', () => {
  const { wire, write, answerPings } = anOutflow();
  // In characters of three bytes: parts end within them.
  const large = '語'.repeat(300_000);
  const joined = () => Buffer.concat(parts).toString();
  const parts: Buffer[] = [];
  const outflow = new Outflow(limits, {
    send: (piece) => parts.push(Buffer.from(piece)),
    ping: (payload) => wire.pings.push(payload),
    onRoom: () => undefined,
    now: () => 0,
  });
  outflow.write(large, Buffer.byteLength(large));
  outflow.write('after', 5);
  while (wire.pings.length > 0) for (const ping of wire.pings.splice(0)) outflow.acknowledge(ping);
  expect(joined()).toBe(`${large}after`);

  write('y'.repeat(100_000));
  write('z');
  answerPings();
  expect(wire.pieces.map(({ fin }) => fin)).toEqual([false, false, false, true, true]);
});

it('has no room beyond its bound, but for one frame alone', () => {
  const { outflow, write } = anOutflow();
  expect(outflow.hasRoomFor(10_000_000)).toBe(true);
  write('x'.repeat(500_000));
  expect(outflow.hasRoomFor(200_000)).toBe(true);
  expect(outflow.hasRoomFor(300_000)).toBe(false);
});

it('tells a reader that takes nothing from one that takes little', () => {
  const { outflow, wire, write } = anOutflow();
  for (let i = 0; i < 300; i++) write(frame(i));
  for (; wire.now < 60_000; wire.now += 5_000) {
    expect(outflow.stalledForMs()).toBeLessThanOrEqual(5_000);
    const [oldest] = wire.pings.splice(0, 1);
    if (oldest) outflow.acknowledge(oldest);
    for (let i = 0; i < 60; i++) write(frame(i));
  }
  wire.now += 10_000;
  expect(outflow.stalledForMs()).toBeGreaterThanOrEqual(10_000);
});

it('says nothing of a reader that owes nothing, until it is asked', () => {
  const { outflow, wire, write, answerPings } = anOutflow();
  write('hello');
  wire.now = 60_000;
  expect(outflow.stalledForMs()).toBe(0);
  outflow.probe();
  outflow.probe();
  expect(wire.pings).toHaveLength(1);
  wire.now = 70_000;
  expect(outflow.stalledForMs()).toBe(10_000);
  answerPings();
  expect(outflow.stalledForMs()).toBe(0);
});

it('what has left the process counts as taken where pongs cannot be seen', () => {
  const { outflow, write, sentBytes } = anOutflow();
  for (let i = 0; i < 400; i++) write(frame(i));
  expect(outflow.isFull).toBe(true);
  outflow.acknowledgeAll();
  expect(outflow.isFull).toBe(false);
  expect(sentBytes()).toBe(400_000);
});

it('ended, it keeps nothing and sends nothing', () => {
  const { outflow, wire, write, answerPings } = anOutflow();
  for (let i = 0; i < 400; i++) write(frame(i));
  const sent = wire.pieces.length;
  outflow.end();
  answerPings();
  write('more');
  expect([outflow.waitingBytes, wire.pieces.length]).toEqual([0, sent]);
});
