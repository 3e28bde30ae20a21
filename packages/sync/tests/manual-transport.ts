import type {
  ChangeEntry,
  Conversation,
  ConversationAnswer,
  Entry,
  LiveEvent,
  MessageEntry,
  MessagePage,
} from '@confab/contract';
import { createSyncWith } from '../src/create-sync.ts';
import { rules, type Rules } from '../src/rules.ts';
import type { SyncOptions } from '../src/sync-options.ts';
import type { Sync } from '../src/sync.ts';
import type { LiveHandlers, SyncTransport } from '../src/transport.ts';
import type { RefusedChange } from '../src/views.ts';
import { drain, FakeClock } from './fake-clock.ts';

type CallName = Exclude<keyof SyncTransport, 'subscribe'>;

/** A request that a test answers by hand. */
class Call<Name extends CallName> {
  readonly name: Name;
  readonly input: Parameters<SyncTransport[Name]>[0];
  readonly promise: Promise<unknown>;
  #resolve: (answer: unknown) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(name: Name, input: Parameters<SyncTransport[Name]>[0]) {
    this.name = name;
    this.input = input;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  async answer(answer: Awaited<ReturnType<SyncTransport[Name]>>): Promise<void> {
    this.#resolve(answer);
    await drain();
  }

  async refuse(error: Error): Promise<void> {
    this.#reject(error);
    await drain();
  }
}

export function message(rev: number, senderId = 'bob', clientId = `client-${String(rev)}`): MessageEntry {
  const createdAt = new Date(Date.UTC(2029, 0, 1) + rev * 1_000).toISOString();
  const text = `text ${String(rev)}`;
  return {
    kind: 'message',
    messageType: 'text',
    id: `entry-${String(rev)}`,
    rev,
    senderId,
    clientId,
    createdAt,
    text,
  };
}

type Change<Kind> = Omit<Extract<ChangeEntry, { kind: Kind }>, 'id' | 'createdAt' | 'messageId'>;

/** An entry that changes the message of rev `seq`. */
export function change<Kind extends ChangeEntry['kind']>(body: Change<Kind>): ChangeEntry {
  const createdAt = new Date(Date.UTC(2029, 0, 1) + body.rev * 1_000).toISOString();
  const id = `entry-${String(body.rev)}`;
  return { ...body, id, createdAt, messageId: `entry-${String(body.seq)}` } as unknown as ChangeEntry;
}

export function edit(rev: number, seq: number, text: string, sender: Partial<Sender> = {}): ChangeEntry {
  const by = { senderId: 'bob', clientId: `client-${String(rev)}`, ...sender };
  return change<'edit'>({ kind: 'edit', rev, seq, text, ...by });
}

export function deletion(rev: number, seq: number, sender: Partial<Sender> = {}): ChangeEntry {
  const by = { senderId: 'bob', clientId: `client-${String(rev)}`, ...sender };
  return change<'deletion'>({ kind: 'deletion', rev, seq, ...by });
}

interface Sender {
  readonly senderId: string;
  readonly clientId: string;
}

export function reaction(
  rev: number,
  seq: number,
  { on = true, ...sender }: Partial<Sender> & { on?: boolean } = {},
): ChangeEntry {
  const by = { senderId: 'bob', clientId: `client-${String(rev)}`, ...sender };
  return change<'reaction'>({ kind: 'reaction', rev, seq, emoji: '👍', on, ...by });
}

export function messages(first: number, last: number): MessageEntry[] {
  return Array.from({ length: last - first + 1 }, (_, index) => message(first + index));
}

export function conversation(id: string, headRev = 0): Conversation {
  const lastMessage = headRev === 0 ? null : message(headRev);
  const createdAt = '2029-01-01T00:00:00.000Z';
  const lastActivityAt = lastMessage?.createdAt ?? createdAt;
  const fixed = {
    kind: 'room',
    name: id,
    topic: '',
    peer: null,
    memberCount: 2,
    role: 'member',
    from: 1,
    deliveredSeq: 0,
    readSeq: headRev,
    unread: 0,
    unreadTo: headRev,
    visibility: 'public',
    slowModeSeconds: 0,
    newMembersSeeHistory: true,
    settingsRev: 0,
    silencedUntil: null,
    preferences: { pinned: false, muted: false, hiddenSeq: null, version: 0 },
  } as const;
  return { id, ...fixed, headRev, createdAt, lastActivityAt, lastMessage };
}

/** The answer to `getConversation`. */
export function answerOf(id: string, headRev: number): ConversationAnswer {
  return { epoch: 'epoch', conversation: conversation(id, headRev) };
}

export function pageOf(entries: readonly Entry[], from = 1): MessagePage {
  return { epoch: 'epoch', entries, cursor: entries.at(-1)?.rev ?? from - 1, from };
}

type DeskOptions = Partial<Omit<SyncOptions, 'transport'>> & { readonly clock?: FakeClock };

/** One device of ada's, every answer in the test's hand. */
export class Desk {
  readonly clock: FakeClock;
  readonly sync: Sync;
  readonly refused: RefusedChange[] = [];
  readonly #waiting: Call<CallName>[] = [];
  #handlers: LiveHandlers | null = null;

  /** `starts`: at once. */
  constructor(
    broken: Partial<Rules> = {},
    { clock = new FakeClock(), ...options }: DeskOptions = {},
    starts = true,
  ) {
    this.clock = clock;
    const { now, setTimer, random } = this.clock;
    const open = <Name extends CallName>(name: Name) =>
      ((input: Parameters<SyncTransport[Name]>[0]) => {
        const call = new Call(name, input);
        this.#waiting.push(call);
        return call.promise;
      }) as SyncTransport[Name];
    const transport: SyncTransport = {
      listConversations: open('listConversations'),
      getConversation: open('getConversation'),
      page: open('page'),
      pull: open('pull'),
      send: open('send'),
      edit: open('edit'),
      remove: open('remove'),
      react: open('react'),
      mark: open('mark'),
      watermarks: open('watermarks'),
      setPreferences: open('setPreferences'),
      subscribe: (handlers) => {
        this.#handlers = handlers;
        return () => {
          this.#handlers = null;
        };
      },
    };
    const onRefused = (refused: RefusedChange) => {
      this.refused.push(refused);
    };
    this.sync = createSyncWith(
      { transport, userId: 'ada', now, setTimer, random, onRefused, ...options },
      { ...rules, ...broken },
    );
    if (starts) this.sync.start();
  }

  /** Sends a message, and waits until the device has kept it. */
  async send(conversationId: string, text: string): Promise<string> {
    const clientId = this.sync.send(conversationId, text);
    await this.settled();
    return clientId;
  }

  readonly settled = drain;

  /** The oldest unanswered request of this name. */
  take<Name extends CallName>(name: Name): Call<Name> {
    const index = this.#waiting.findIndex((call) => call.name === name);
    const [call] = index === -1 ? [] : this.#waiting.splice(index, 1);
    if (call === undefined) throw new Error(`no ${name} is under way; only: ${this.underWay.join(', ')}`);
    return call as unknown as Call<Name>;
  }

  get underWay(): readonly string[] {
    return this.#waiting.map((call) => call.name);
  }

  async event(event: LiveEvent): Promise<void> {
    this.#handlers?.onEvent(event);
    await drain();
  }

  async entries(conversationId: string, ...entries: Entry[]): Promise<void> {
    await this.event({ type: 'entries.appended', epoch: 'epoch', conversationId, entries });
  }

  async cut(): Promise<void> {
    this.#handlers?.onDisconnect();
    await drain();
  }

  /** Connects; the list holds these. */
  async connect(...conversations: Conversation[]): Promise<void> {
    await this.event({ type: 'live.ready', epoch: 'epoch' });
    await this.take('listConversations').answer({ epoch: 'epoch', conversations, nextCursor: null });
  }

  /** Opens a timeline that somebody looks at, with these entries. */
  async openTimeline(conversationId: string, entries: readonly Entry[], from = 1): Promise<void> {
    this.sync.timeline(conversationId).subscribe(() => undefined);
    await this.open(conversationId);
    await this.take('page').answer(pageOf(entries, from));
  }

  /** Opens a timeline, and waits until the device has looked for what it keeps of it. */
  async open(conversationId: string): Promise<void> {
    this.sync.openTimeline(conversationId);
    await this.settled();
  }

  /** What a timeline shows: revs of stored entries, states of outgoing messages. */
  shown(conversationId: string): (number | string)[] {
    const { items } = this.sync.timeline(conversationId).get();
    return items.map((item) => (item.type === 'entry' ? item.entry.rev : item.message.state));
  }

  /** What the messages of a timeline say. */
  texts(conversationId: string): string[] {
    const { items } = this.sync.timeline(conversationId).get();
    return items.flatMap((item) => {
      if (item.type === 'outgoing') return item.message.text;
      return item.entry.kind === 'message' ? item.entry.text : [];
    });
  }

  keys(conversationId: string): string[] {
    return this.sync
      .timeline(conversationId)
      .get()
      .items.map((item) => item.key);
  }
}
