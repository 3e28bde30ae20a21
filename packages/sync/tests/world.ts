import { createSyncWith } from '../src/create-sync.ts';
import type { Rules } from '../src/rules.ts';
import type { Sync } from '../src/sync.ts';
import type { Timeline } from '../src/views.ts';
import { FakeClock } from './fake-clock.ts';
import { HostileNetwork, randomOf } from './hostile-network.ts';
import { ModelServer } from './model-server.ts';

export const roomIds = ['room-a', 'room-b'] as const;

interface Sent {
  readonly roomId: string;
  readonly text: string;
  readonly clientId: string;
}

interface Device {
  readonly userId: string;
  readonly network: HostileNetwork;
  readonly sync: Sync;
  readonly sent: Sent[];
}

/** What a device showed that it never may show, even in between. */
function assertOrderly({ items }: Timeline): void {
  const keys = items.map((item) => item.key);
  if (new Set(keys).size !== keys.length) throw new Error(`shown twice: ${keys.join(' ')}`);
  const firstOutgoing = items.findIndex((item) => item.type === 'outgoing');
  const lastStored = items.findLastIndex((item) => item.type === 'entry');
  if (firstOutgoing !== -1 && lastStored > firstOutgoing)
    throw new Error('a stored entry below an outgoing one');
  const revs = items.flatMap((item) => (item.type === 'entry' ? [item.entry.rev] : []));
  if (revs.some((rev, index) => index > 0 && rev <= (revs[index - 1] ?? 0)))
    throw new Error(`order: ${revs.join()}`);
}

/** One server, three devices (two of them ada's), a network that does its worst until `settle`. */
export class World {
  readonly server = new ModelServer();
  readonly clock = new FakeClock();
  readonly devices: readonly Device[];
  readonly violations: string[] = [];
  /** Own rows once shown in a loaded timeline stay shown; not after a restore, a leave or a new page. */
  keepsShown = true;
  #texts = 0;

  constructor(seed: number, rules: Rules) {
    const random = randomOf(seed);
    for (const roomId of roomIds) this.server.addRoom(roomId, ['ada', 'bob', 'cleo']);
    this.devices = ['ada', 'ada', 'bob'].map((userId) => {
      const network = new HostileNetwork(userId, { server: this.server, clock: this.clock, random });
      const { now, setTimer } = this.clock;
      const sync = createSyncWith({ transport: network, userId, now, setTimer, random }, rules);
      return { userId, network, sync, sent: [] };
    });
    this.server.publish = (userId, event) => {
      for (const device of this.devices) if (device.userId === userId) device.network.publish(event);
    };
    for (const device of this.devices) this.#watch(device);
  }

  device(index: number): Device {
    const device = this.devices[index % this.devices.length];
    if (device === undefined) throw new Error('a world has devices');
    return device;
  }

  /** Somebody whose device is not watched writes. */
  post(roomId: string): void {
    this.server.send('cleo', { conversationId: roomId, clientId: this.#text(), text: this.#text() });
  }

  send(device: Device, roomId: string): void {
    const text = this.#text();
    device.sent.push({ roomId, text, clientId: device.sync.send(roomId, text) });
  }

  /** The network heals; every device connects once more; everything comes to rest. */
  async settle(): Promise<void> {
    for (const { network } of this.devices) {
      network.hostile = false;
      network.cut();
      network.connect();
    }
    await this.clock.runOut(3_000);
    for (const { sync } of this.devices) for (const roomId of roomIds) sync.openTimeline(roomId);
    await this.clock.runOut(1_000);
    for (let page = 0; page < 40; page += 1) {
      for (const { sync } of this.devices) for (const roomId of roomIds) sync.loadOlder(roomId);
      await this.clock.runOut(1_000);
    }
  }

  stop(): void {
    for (const { sync } of this.devices) sync.stop();
  }

  #text(): string {
    this.#texts += 1;
    return `text-${String(this.#texts)}`;
  }

  /** Stored before the page that is held, its answer lost until after: it belongs to the history not loaded yet. */
  #isOlder({ items, hasOlder }: Timeline, roomId: string, clientId: string): boolean {
    const log = this.server.rooms.get(roomId)?.log ?? [];
    const rev = log.find((entry) => entry.kind !== 'void' && entry.clientId === clientId)?.rev;
    const first = items.find((item) => item.type === 'entry');
    return hasOlder && rev !== undefined && (first?.type !== 'entry' || rev < first.entry.rev);
  }

  #watch({ sync, sent }: Device): void {
    for (const roomId of roomIds) {
      const timeline = sync.timeline(roomId);
      const shown = new Set<string>();
      timeline.subscribe(() => {
        const value = timeline.get();
        try {
          assertOrderly(value);
        } catch (error) {
          this.violations.push(String(error));
        }
        if (!this.keepsShown || value.status !== 'ready') return;
        const keys = new Set(value.items.map((item) => item.key));
        for (const key of shown) {
          if (!keys.has(key) && !this.#isOlder(value, roomId, key)) this.violations.push(`vanished: ${key}`);
        }
        for (const { clientId } of sent) if (keys.has(clientId)) shown.add(clientId);
      });
    }
    sync.start();
  }
}
