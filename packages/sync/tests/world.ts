import { createSyncWith } from '../src/create-sync.ts';
import type { Rules } from '../src/rules.ts';
import type { Sync } from '../src/sync.ts';
import type { Timeline, TimelineItem } from '../src/views.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeBrowser } from './fake-tabs.ts';
import { HostileNetwork, randomOf } from './hostile-network.ts';
import { ModelServer } from './model-server.ts';

export const roomIds = ['room-a', 'room-b'] as const;

interface Sent {
  readonly roomId: string;
  readonly text: string;
  readonly clientId: string;
}

interface Page {
  readonly tab: symbol;
  readonly network: HostileNetwork;
  readonly sync: Sync;
}

/** A tab of a browser. Reloading gives it another page. */
interface Device extends Page {
  readonly userId: string;
  readonly browser: FakeBrowser;
  readonly sent: Sent[];
}

export interface WorldOptions {
  readonly rules: Rules;
  /** Whether an attempt may go out before the device keeps it. */
  readonly keepsLate?: boolean;
}

/** What a device showed that it never may show, even in between. */
function assertOrderly({ items }: Pick<Timeline, 'items'>, { pasts }: { pasts: number }): void {
  const keys = items.map((item) => item.key);
  // What was stored in each of two pasts is there twice, until it is noticed that the one is no more.
  if (pasts === 1 && new Set(keys).size !== keys.length) throw new Error(`shown twice: ${keys.join(' ')}`);
  const firstOutgoing = items.findIndex((item) => item.type === 'outgoing');
  const lastStored = items.findLastIndex((item) => item.type === 'entry');
  if (firstOutgoing !== -1 && lastStored > firstOutgoing)
    throw new Error('a stored entry below an outgoing one');
  const revs = items.flatMap((item) => (item.type === 'entry' ? [item.entry.rev] : []));
  if (revs.some((rev, index) => index > 0 && rev <= (revs[index - 1] ?? 0)))
    throw new Error(`order: ${revs.join()}`);
}

/**
 * One server and four tabs: two in one browser of ada's, one on her phone, one of bob's. A network that does its worst
 * until `settle`, and disks that take their time.
 */
export class World {
  readonly server = new ModelServer();
  readonly clock = new FakeClock();
  readonly devices: Device[];
  readonly violations: string[] = [];
  /** Sent and then gone with its page before the disk had it; it never went out. */
  readonly excused = new Set<string>();
  /** How often a device said that the server's data was set back. */
  toldOfRewinds = 0;
  /** Own rows once shown in a loaded timeline stay shown; not after a restore, a leave or a new page. */
  keepsShown = true;
  /** One more with each older copy of the data that was put back. */
  pasts = 1;
  readonly #options: WorldOptions;
  readonly #random: () => number;
  #hostile = true;
  #texts = 0;

  constructor(seed: number, options: WorldOptions) {
    this.#options = options;
    this.#random = randomOf(seed);
    this.server.pageSize = 3 + Math.floor(this.#random() * 6);
    this.server.addRoom('room-a', 'room', ['ada', 'bob', 'cleo']);
    this.server.addRoom('room-b', 'group', ['ada', 'bob', 'cleo']);
    const delayMs = () => (this.#hostile ? Math.floor(this.#random() * 20) : 0);
    const [desk, phone, other] = [1, 2, 3].map(() => new FakeBrowser(this.clock, delayMs));
    this.devices = [
      ['ada', desk] as const,
      ['ada', desk] as const,
      ['ada', phone] as const,
      ['bob', other] as const,
    ].flatMap(([userId, browser]) =>
      browser === undefined ? [] : [{ userId, browser, sent: [], ...this.#open(userId, browser) }],
    );
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

  edit(device: Device, roomId: string, pick: number): void {
    const item = this.#pick(device, roomId, pick);
    if (item?.entry.kind === 'message') device.sync.edit(roomId, item.entry.id, this.#text());
  }

  remove(device: Device, roomId: string, pick: number): void {
    const item = this.#pick(device, roomId, pick);
    if (item?.entry.kind === 'message') device.sync.remove(roomId, item.entry.id);
  }

  react(device: Device, roomId: string, pick: number): void {
    const item = this.#pick(device, roomId, pick);
    if (item?.entry.kind !== 'message') return;
    const emoji = pick % 2 === 0 ? '👍' : '🎉';
    const on = !(item.entry.reactions?.[`${device.userId}:${emoji}`]?.on ?? false);
    device.sync.react(roomId, item.entry.id, { emoji, on });
  }

  /** Somebody whose device is not watched changes a message. */
  change(roomId: string, pick: number): void {
    const log = this.server.rooms.get(roomId)?.log ?? [];
    const messages = log.filter((entry) => entry.kind === 'message');
    const message = messages[pick % Math.max(1, messages.length)];
    if (message === undefined) return;
    const input = { conversationId: roomId, messageId: message.id, clientId: this.#text() };
    const isDeleted = log.some((entry) => entry.kind === 'deletion' && entry.messageId === message.id);
    const { senderId } = message;
    const from = this.server.rooms.get(roomId)?.members.get(senderId)?.from ?? Infinity;
    if (isDeleted || message.rev < from) return;
    if (pick % 7 === 0) this.server.remove(senderId, input);
    else if (pick % 2 === 0) this.server.edit(senderId, { ...input, text: this.#text() });
    else this.server.react('cleo', { ...input, emoji: '👍', on: pick % 4 === 1 });
  }

  /** Somebody whose device is not watched changes a setting. */
  setting(roomId: string): void {
    this.server.changeSetting(roomId, 'cleo', this.#text());
  }

  /** Shows what lies around a rev; or the next page of it; or the end again. */
  wander({ sync }: Device, roomId: string, pick: number): void {
    if (pick % 3 === 0) sync.loadNewer(roomId);
    else if (pick % 7 === 0) sync.closeStretch(roomId);
    else sync.openStretch(roomId, pick);
  }

  /** Refused or not: what the device then shows is what the server has. */
  prefer({ sync }: Device, roomId: string, pick: number): void {
    const name = (['pinned', 'muted', 'hidden'] as const)[pick % 3] ?? 'pinned';
    sync.setPreferences(roomId, { [name]: pick % 2 === 0 }).catch(() => undefined);
  }

  read(device: Device, roomId: string, pick: number): void {
    const item = this.#pick(device, roomId, pick);
    if (item !== null) device.sync.markRead(roomId, item.entry.rev);
  }

  /** The page's memory is lost, at once and whatever it was doing; its disk stays. */
  reload(index: number): void {
    const at = index % this.devices.length;
    const device = this.device(at);
    device.browser.kill(device.tab);
    device.network.die();
    for (const { roomId, clientId } of device.sent) {
      const isKnown = this.server.hasSent(roomId, device.userId, clientId);
      if (!isKnown && !device.browser.everKept.has(clientId)) this.excused.add(clientId);
    }
    const { userId, browser, sent } = device;
    this.devices[at] = { userId, browser, sent, ...this.#open(userId, browser) };
    if (this.#random() < 0.5) this.#seed(this.device(at));
    this.#watch(this.device(at));
  }

  /** The page comes with what the server answered to whoever asked for it. */
  #seed({ sync, userId }: Device): void {
    const { server } = this;
    const id = roomIds.find((roomId) => server.rooms.get(roomId)?.members.has(userId));
    if (id === undefined) return;
    const conversation = server.get(userId, id);
    const page = server.page(userId, id);
    const low = page.entries[0]?.rev ?? 1;
    const before = Math.min(low, conversation.readSeq + 3);
    const around = before > conversation.from ? { before, page: server.page(userId, id, before, 4) } : null;
    sync.seed({ answer: { epoch: server.epoch, conversation }, page, around });
  }

  /** Nobody is connected while something comes into every room: the next connection asks for it. */
  postUnheard(): void {
    for (const { network } of this.devices) network.cut();
    for (const roomId of roomIds) this.post(roomId);
  }

  /** The network and the disks heal; every device connects, once more if `again`; everything comes to rest. */
  async settle(again: boolean): Promise<void> {
    this.#hostile = false;
    for (const { network, browser } of this.devices) {
      browser.full = false;
      network.hostile = false;
      if (again) network.cut();
      network.connect();
    }
    await this.clock.runOut(3_000);
    for (const { sync } of this.devices) for (const roomId of roomIds) sync.openTimeline(roomId);
    await this.clock.runOut(1_000);
    this.server.tellHeads();
    await this.clock.runOut(1_000);
    for (let page = 0; page < 40; page += 1) {
      for (const { sync } of this.devices) {
        for (const roomId of roomIds) {
          sync.loadNewer(roomId);
          sync.loadOlder(roomId);
        }
      }
      await this.clock.runOut(1_000);
    }
  }

  stop(): void {
    for (const { sync } of this.devices) sync.stop();
  }

  #open(userId: string, browser: FakeBrowser): Page {
    const tab = Symbol('tab');
    const { clock, server } = this;
    const random = this.#random;
    const network = new HostileNetwork(userId, {
      server,
      clock,
      random,
      attempted: (clientId) => {
        if (!browser.everKept.has(clientId) && clientId.length === 32)
          this.violations.push(`sent before it was kept: ${clientId}`);
      },
    });
    let isDead = false;
    const die = network.die.bind(network);
    network.die = () => {
      isDead = true;
      die();
    };
    network.hostile = this.#hostile;
    const storage = browser.storage(tab);
    const write = storage.writeOutbox.bind(storage);
    if (this.#options.keepsLate === true) {
      storage.writeOutbox = (steps) => {
        void write(steps);
        return Promise.resolve();
      };
    }
    const sync = createSyncWith(
      {
        transport: network,
        userId,
        now: clock.now,
        setTimer: (callback, ms) =>
          clock.setTimer(() => {
            if (!isDead) callback();
          }, ms),
        random,
        storage,
        locks: browser.locks(tab),
        openChannel: () => browser.openChannel(tab),
        onRewound: () => (this.toldOfRewinds += 1),
      },
      this.#options.rules,
    );
    return { tab, network, sync };
  }

  #text(): string {
    this.#texts += 1;
    return `text-${String(this.#texts)}`;
  }

  #pick({ sync }: Device, roomId: string, pick: number): Extract<TimelineItem, { type: 'entry' }> | null {
    const { items } = sync.timeline(roomId).get();
    const entries = items.filter((item) => item.type === 'entry');
    return entries[pick % Math.max(1, entries.length)] ?? null;
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
      sync.watermarks(roomId).subscribe(() => undefined);
      const stretch = sync.stretch(roomId);
      stretch.subscribe(() => {
        try {
          assertOrderly(stretch.get(), this);
        } catch (error) {
          this.violations.push(String(error));
        }
      });
      this.#watchRow(sync, roomId);
      const timeline = sync.timeline(roomId);
      const shown = new Set<string>();
      timeline.subscribe(() => {
        const value = timeline.get();
        try {
          assertOrderly(value, this);
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

  /** What was read never shows as unread again. */
  #watchRow(sync: Sync, roomId: string): void {
    const row = sync.conversation(roomId);
    let readSeq = 0;
    row.subscribe(() => {
      const value = row.get();
      if (!this.keepsShown || value === null) return;
      if (value.readSeq < readSeq)
        this.violations.push(`unread again: ${String(value.readSeq)} < ${String(readSeq)}`);
      readSeq = value.readSeq;
    });
  }
}
