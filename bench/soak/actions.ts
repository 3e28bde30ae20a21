import { fetchInTime } from '@confab/e2e/chaos/clients/user';
import type { Gatherings } from './gatherings.ts';
import type { Person } from './person.ts';
import type { VisibleEntry } from '@confab/sync';

/** What the people act in. */
export interface Town {
  readonly origin: string;
  readonly people: readonly Person[];
  readonly gatherings: Gatherings;
}

interface Action {
  readonly name: string;
  /** Beside the others' weights. */
  readonly weight: number;
  /** Rejects when the server refuses, or does not answer: a fault was under way. */
  run(person: Person, town: Town): Promise<unknown>;
}

const words = 'once upon a time there lived in a small house by the sea an old fisherman and his wife'.split(
  ' ',
);
const emoji = ['👍', '❤️', '😂', '🎉'];
/** People answer to what they see last. */
const recentMax = 15;
/** An outbox that is full of unanswered messages would take long to empty. */
const outgoingMax = 3;
/** Over a socket that is cut meanwhile there may be no answer at all. */
const answerMaxMs = 15_000;

function text({ random }: Person): string {
  const count = random.chance(0.01) ? random.whole(200, 600) : random.whole(1, 16);
  return Array.from({ length: count }, () => random.pick(words)).join(' ');
}

/** A message of the conversation that is open, among the last ones. */
function recent(
  { device, random }: Person,
  isWanted: (entry: VisibleEntry) => boolean = () => true,
): { conversationId: string; messageId: string } | null {
  const conversationId = device.opened;
  const entries = (device.timeline?.items ?? [])
    .slice(-recentMax)
    .flatMap((item) => (item.type === 'entry' ? [item.entry] : []))
    .filter((entry) => entry.kind === 'message' && entry.deletedRev === undefined && isWanted(entry));
  if (conversationId === null || entries.length === 0) return null;
  return { conversationId, messageId: random.pick(entries).id };
}

const isOwn =
  ({ user }: Person) =>
  (entry: VisibleEntry) =>
    entry.senderId === user.id;

/** One that its list shows, if it shows any. */
function pickConversation({ device, random }: Person): string | null {
  const { rows } = device.sync.conversations.get();
  return rows.length === 0 ? null : random.pick(rows).conversation.id;
}

async function load({ user }: Person, origin: string, path: string): Promise<void> {
  const answer = await fetchInTime(`${origin}${path}`, { headers: user.headers });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
}

export const actions: readonly Action[] = [
  {
    name: 'send',
    weight: 40,
    async run(person) {
      const { device } = person;
      const items = device.timeline?.items ?? [];
      if (device.opened === null || items.filter(({ type }) => type === 'outgoing').length >= outgoingMax)
        return;
      device.sync.send(device.opened, text(person));
    },
  },
  {
    name: 'edit',
    weight: 6,
    async run(person) {
      const target = recent(person, isOwn(person));
      if (target) person.device.sync.edit(target.conversationId, target.messageId, text(person));
    },
  },
  {
    name: 'react',
    weight: 10,
    async run(person) {
      const target = recent(person);
      const { device, random } = person;
      const reaction = { emoji: random.pick(emoji), on: random.chance(0.7) };
      if (target) device.sync.react(target.conversationId, target.messageId, reaction);
    },
  },
  {
    name: 'delete',
    weight: 2,
    async run(person) {
      const target = recent(person, isOwn(person));
      if (target) person.device.sync.remove(target.conversationId, target.messageId);
    },
  },
  {
    name: 'read',
    weight: 15,
    async run({ device }) {
      const last = device.timeline?.items.findLast(({ type }) => type === 'entry');
      if (device.opened !== null && last?.type === 'entry')
        device.sync.markRead(device.opened, last.entry.rev);
    },
  },
  {
    name: 'type',
    weight: 12,
    async run({ device }) {
      const conversationId = device.opened;
      if (conversationId === null) return;
      await device.api.live.noteTyping.mutate(
        { conversationId },
        { signal: AbortSignal.timeout(answerMaxMs) },
      );
    },
  },
  {
    name: 'open',
    weight: 20,
    async run(person) {
      const conversationId = pickConversation(person);
      if (conversationId !== null) person.device.open(conversationId);
    },
  },
  {
    name: 'close',
    weight: 4,
    async run({ device }) {
      device.closeConversation();
    },
  },
  {
    name: 'older',
    weight: 2,
    async run({ device }) {
      if (device.opened !== null) device.sync.loadOlder(device.opened);
    },
  },
  {
    name: 'reload',
    weight: 2,
    async run(person) {
      person.device.stop();
      person.start();
    },
  },
  { name: 'sign out', weight: 0.5, run: (person) => person.signOut() },
  {
    name: 'gather or leave',
    weight: 0.6,
    async run({ random }, { people, gatherings }) {
      await gatherings.next(
        people.filter(({ isSignedIn }) => isSignedIn),
        random,
      );
    },
  },
  { name: 'page of chats', weight: 3, run: (person, { origin }) => load(person, origin, '/chats') },
  {
    name: 'page of a conversation',
    weight: 2,
    async run(person, { origin }) {
      const conversationId = pickConversation(person);
      if (conversationId !== null) await load(person, origin, `/chats/${conversationId}`);
    },
  },
  {
    name: 'search people',
    weight: 2,
    run: ({ user }) => user.api.users.search.query({ prefix: 'user' }),
  },
  { name: 'list rooms', weight: 1, run: ({ user }) => user.api.rooms.list.query({}) },
];
