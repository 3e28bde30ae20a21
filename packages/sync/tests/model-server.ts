import {
  ConfabError,
  type Conversation,
  type ConversationPage,
  type Entry,
  type LiveEvent,
  type MessageEntry,
  type MessagePage,
  type MessagePull,
  type SendMessageInput,
  type SendMessageResult,
} from '@confab/contract';

interface Room {
  readonly id: string;
  /** Entry n has rev n + 1. */
  log: Entry[];
  /** At least the log's length; may run ahead of it. */
  headRev: number;
  /** From which rev each member may read. */
  readonly members: Map<string, number>;
}

type Publish = (userId: string, event: LiveEvent) => void;

const start = Date.UTC(2029, 0, 1);

/** The server as its contract describes it, without faults: a log per room, in memory. */
export class ModelServer {
  readonly rooms = new Map<string, Room>();
  /** Texts that a restore took away. */
  readonly undone = new Set<string>();
  pageSize = 3;
  pullSize = 2;
  epoch = 'epoch-1';
  publish: Publish = () => undefined;
  #ticks = 0;

  addRoom(id: string, userIds: readonly string[]): void {
    this.rooms.set(id, { id, log: [], headRev: 0, members: new Map(userIds.map((userId) => [userId, 1])) });
  }

  send(senderId: string, { conversationId, clientId, text }: SendMessageInput): SendMessageResult {
    const { room } = this.#access(senderId, conversationId);
    const known = room.log.find(
      (e) => e.kind !== 'void' && e.senderId === senderId && e.clientId === clientId,
    );
    if (known !== undefined) return { epoch: this.epoch, entry: known };
    const entry: MessageEntry = {
      kind: 'message',
      messageType: 'text',
      text,
      ...this.#stamp(room, senderId),
      clientId,
    };
    this.#append(room, entry);
    return { epoch: this.epoch, entry };
  }

  /** What a failover left: a rev without an entry. */
  appendVoid(conversationId: string): void {
    const room = this.#room(conversationId);
    this.#append(room, { kind: 'void', rev: room.log.length + 1 });
  }

  /** A head raised for an insert that then never happened. */
  raiseHead(conversationId: string): void {
    const room = this.#room(conversationId);
    room.headRev = room.log.length + 1;
  }

  join(userId: string, conversationId: string): void {
    const room = this.#room(conversationId);
    if (room.members.has(userId)) return;
    room.members.set(userId, room.log.length + 1);
    this.#append(room, { kind: 'member', change: 'joined', userId, ...this.#stamp(room, userId) });
    this.publish(userId, { type: 'conversation.joined', conversationId });
  }

  leave(userId: string, conversationId: string): void {
    const room = this.#room(conversationId);
    if (!room.members.delete(userId)) return;
    this.#append(room, { kind: 'member', change: 'left', userId, ...this.#stamp(room, userId) });
    this.publish(userId, { type: 'conversation.left', conversationId });
  }

  /** Back to a backup that lacks the last entries of every room; memberships are as in the logs' past. */
  restore(entriesLost: number): void {
    this.epoch = `epoch-${String((this.#ticks += 1))}`;
    for (const room of this.rooms.values()) {
      const kept = Math.max(0, ...room.members.values(), room.log.length - entriesLost);
      for (const entry of room.log.slice(kept)) if (entry.kind === 'message') this.undone.add(entry.text);
      room.log = room.log.slice(0, kept);
      room.headRev = kept;
    }
  }

  /** One row a page, by activity: rows move between pages while a device reads them. */
  list(userId: string, cursor?: string): ConversationPage {
    const place = ({ lastActivityAt, id }: Conversation): string => `${lastActivityAt} ${id}`;
    const rooms = [...this.rooms.values()].filter((room) => room.members.has(userId));
    const all = rooms.map((room) => this.get(userId, room.id)).sort((a, b) => (place(a) < place(b) ? 1 : -1));
    const rest = all.filter((conversation) => cursor === undefined || place(conversation) < cursor);
    const conversations = rest.slice(0, 1);
    const last = conversations[0];
    const nextCursor = last !== undefined && rest.length > 1 ? place(last) : null;
    return { epoch: this.epoch, conversations, nextCursor };
  }

  get(userId: string, conversationId: string): Conversation {
    const { room, from } = this.#access(userId, conversationId);
    const lastMessage =
      this.visible(userId, conversationId).findLast((entry) => entry.kind === 'message') ?? null;
    const createdAt = new Date(start).toISOString();
    return {
      id: room.id,
      kind: 'room',
      name: room.id,
      topic: '',
      peer: null,
      memberCount: room.members.size,
      role: 'member',
      headRev: room.headRev,
      from,
      createdAt,
      lastActivityAt: lastMessage?.kind === 'message' ? lastMessage.createdAt : createdAt,
      lastMessage,
    };
  }

  page(userId: string, conversationId: string, before?: number): MessagePage {
    const { room, from } = this.#access(userId, conversationId);
    const end = before === undefined ? room.log.length : before - 1;
    const entries = room.log.slice(Math.max(from - 1, end - this.pageSize), Math.max(from - 1, end));
    return { epoch: this.epoch, entries, cursor: room.log.length, from };
  }

  pull(userId: string, conversationId: string, after: number): MessagePull {
    const { room, from } = this.#access(userId, conversationId);
    const first = Math.max(after, from - 1);
    const entries = room.log.slice(first, first + this.pullSize);
    return { epoch: this.epoch, entries, from, more: first + this.pullSize < room.log.length };
  }

  /** The fresh snapshot that every device must equal. */
  visible(userId: string, conversationId: string): Entry[] {
    const { room, from } = this.#access(userId, conversationId);
    return room.log.slice(from - 1).filter((entry) => entry.kind !== 'void');
  }

  #room(conversationId: string): Room {
    const room = this.rooms.get(conversationId);
    if (room === undefined) throw new ConfabError('NOT_FOUND');
    return room;
  }

  #access(userId: string, conversationId: string): { room: Room; from: number } {
    const room = this.#room(conversationId);
    const from = room.members.get(userId);
    if (from === undefined) throw new ConfabError('NOT_FOUND');
    return { room, from };
  }

  #stamp(room: Room, senderId: string) {
    this.#ticks += 1;
    const id = `entry-${String(this.#ticks)}`;
    const createdAt = new Date(start + this.#ticks * 1_000).toISOString();
    return { id, rev: room.log.length + 1, senderId, clientId: `client-${id}`, createdAt };
  }

  #append(room: Room, entry: Entry): void {
    room.log.push(entry);
    room.headRev = Math.max(room.headRev, entry.rev);
    for (const [userId, from] of room.members) {
      if (entry.rev < from) continue;
      const conversationId = room.id;
      this.publish(userId, { type: 'entries.appended', epoch: this.epoch, conversationId, entries: [entry] });
    }
  }
}
