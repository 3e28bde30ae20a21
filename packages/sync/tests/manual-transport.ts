import type {
  Conversation,
  ConversationAnswer,
  Entry,
  LiveEvent,
  MessageEntry,
  MessagePage,
} from '@confab/contract';
import { createSyncWith } from '../src/create-sync.ts';
import { rules, type Rules } from '../src/rules.ts';
import type { Sync } from '../src/sync.ts';
import type { LiveHandlers, SyncTransport } from '../src/transport.ts';
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

/** One device of ada's, every answer in the test's hand. */
export class Desk {
  readonly clock = new FakeClock();
  readonly sync: Sync;
  readonly #waiting: Call<CallName>[] = [];
  #handlers: LiveHandlers | null = null;

  constructor(broken: Partial<Rules> = {}) {
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
      subscribe: (handlers) => {
        this.#handlers = handlers;
        return () => {
          this.#handlers = null;
        };
      },
    };
    this.sync = createSyncWith({ transport, userId: 'ada', now, setTimer, random }, { ...rules, ...broken });
    this.sync.start();
  }

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
    this.sync.openTimeline(conversationId);
    await this.take('page').answer(pageOf(entries, from));
  }

  /** What a timeline shows: revs of stored entries, states of outgoing messages. */
  shown(conversationId: string): (number | string)[] {
    const { items } = this.sync.timeline(conversationId).get();
    return items.map((item) => (item.type === 'entry' ? item.entry.rev : item.message.state));
  }

  keys(conversationId: string): string[] {
    return this.sync
      .timeline(conversationId)
      .get()
      .items.map((item) => item.key);
  }
}
