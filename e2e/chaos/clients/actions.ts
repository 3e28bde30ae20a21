import type { LoggedEntry } from '../checker/log.ts';
import type { Random } from '../random.ts';
import { pause } from '../pause.ts';
import type { Device } from './device.ts';

interface Action {
  /** Beside the others' weights. */
  readonly weight: number;
  run(device: Device, random: Random): void;
}

/** An outbox that is full of unanswered messages shows nothing new, and would take long to empty. */
const outgoingMax = 4;
const words = 'once upon a time there lived in a small house by the sea an old fisherman and his wife'.split(
  ' ',
);

const emoji = ['👍', '❤️', '😂', '🎉'];
/** People answer to what they see last. */
const recentMax = 20;

function text(device: Device, random: Random): string {
  // Mostly short; some span several TCP segments, so that a cut falls inside them.
  const count = random.chance(0.05) ? random.whole(500, 1_500) : random.whole(1, 20);
  const body = Array.from({ length: count }, () => random.pick(words)).join(' ');
  return `${device.number}/${device.journal.sent.length} ${body}`;
}

/** A recent message, if it shows one. */
function pickMessage(
  device: Device,
  random: Random,
  isWanted: (entry: LoggedEntry) => boolean,
): { conversationId: string; messageId: string } | null {
  const conversationId = random.pick(device.conversations).id;
  const recent = device
    .shownOf(conversationId)
    .slice(-recentMax)
    .filter((entry) => entry.kind === 'message' && entry.deletedRev === undefined && isWanted(entry));
  const messageId = recent.length > 0 ? random.pick(recent).id : undefined;
  return messageId === undefined ? null : { conversationId, messageId };
}

const isOwn =
  ({ user }: Device) =>
  ({ senderId }: LoggedEntry) =>
    senderId === user.id;

/** What people do. */
const actions: readonly Action[] = [
  {
    weight: 10,
    run(device, random) {
      if (device.outgoing.length < outgoingMax)
        device.send(random.pick(device.conversations).id, text(device, random));
    },
  },
  {
    weight: 2,
    run(device, random) {
      const target = pickMessage(device, random, () => true);
      if (target === null) return;
      const reaction = { emoji: random.pick(emoji), on: random.chance(0.7) };
      device.sync.react(target.conversationId, target.messageId, reaction);
    },
  },
  {
    weight: 1.5,
    run(device, random) {
      const target = pickMessage(device, random, isOwn(device));
      if (target !== null) device.edit(target.conversationId, target.messageId, text(device, random));
    },
  },
  {
    weight: 0.5,
    run(device, random) {
      const target = pickMessage(device, random, isOwn(device));
      if (target !== null) device.sync.remove(target.conversationId, target.messageId);
    },
  },
  {
    weight: 2,
    run(device, random) {
      const conversationId = random.pick(device.conversations).id;
      const last = device.shownOf(conversationId).at(-1);
      if (last !== undefined) device.sync.markRead(conversationId, last.rev);
    },
  },
];

const total = actions.reduce((sum, { weight }) => sum + weight, 0);

function draw(random: Random): Action | undefined {
  let rest = random.next() * total;
  return actions.find(({ weight }) => (rest -= weight) < 0);
}

/** One device's person at work until the signal aborts, at so many actions a second on average. */
export async function act(
  device: Device,
  { perSecond, random, signal }: { perSecond: number; random: Random; signal: AbortSignal },
): Promise<void> {
  for (;;) {
    await pause((-Math.log(1 - random.next()) * 1_000) / perSecond, signal);
    if (signal.aborted) return;
    draw(random)?.run(device, random);
  }
}
