import {
  ConfabError,
  limits,
  type ChangeEntry,
  type ChangeMessageResult,
  type Conversation,
  type ConversationPage,
  type DeleteMessageInput,
  type EditMessageInput,
  type Entry,
  type LiveEvent,
  type MarkInput,
  type MarkResult,
  type MessageEntry,
  type MessagePage,
  type MessagePull,
  type Preferences,
  type ReactToMessageInput,
  type SendMessageInput,
  type SendMessageResult,
  type SetPreferencesInput,
  type Watermark,
  type Watermarks,
} from '@confab/contract';

interface Membership {
  /** From which rev the member may read. */
  readonly from: number;
  watermark: Watermark;
  role: Conversation['role'];
  silencedUntil: string | null;
}

interface Room {
  readonly id: string;
  readonly kind: 'room' | 'group';
  /** Entry n has rev n + 1; messages as they were first sent. */
  log: Entry[];
  /** At least the log's length; may run ahead of it. */
  headRev: number;
  readonly members: Map<string, Membership>;
  /** They outlive a membership, as it is kept. */
  readonly preferences: Map<string, Preferences>;
}

type Publish = (userId: string, event: LiveEvent) => void;
type Stamp = Pick<MessageEntry, 'id' | 'rev' | 'senderId' | 'clientId' | 'createdAt'>;
type Target = Pick<ChangeEntry, 'messageId' | 'seq'>;

const start = Date.UTC(2029, 0, 1);
const unpreferred: Preferences = { pinned: false, muted: false, hiddenSeq: null, version: 0 };

/** The server as its contract describes it, without faults: a log per room, in memory. */
export class ModelServer {
  readonly rooms = new Map<string, Room>();
  /** Texts that a restore took away. */
  readonly undone = new Set<string>();
  pageSize = 3;
  /** A page ends early, as where messages are long. */
  pageEntriesMax = 3;
  pullSize = 2;
  epoch = 'epoch-0';
  /** Raised when its processes were stopped: what they had not answered by then is never answered. */
  life = 0;
  publish: Publish = () => undefined;
  #ticks = 0;

  addRoom(id: string, kind: Room['kind'], userIds: readonly string[]): void {
    const room: Room = { id, kind, log: [], headRev: 0, members: new Map(), preferences: new Map() };
    for (const userId of userIds) this.#admit(room, userId, 1);
    this.rooms.set(id, room);
  }

  send(senderId: string, { conversationId, clientId, text }: SendMessageInput): SendMessageResult {
    const { room, member } = this.#access(senderId, conversationId);
    const known = this.#findSent(room, senderId, clientId);
    if (known !== undefined) return { epoch: this.epoch, entry: this.#present(room, known) };
    const stamp = this.#stamp(room, senderId, clientId);
    const entry: MessageEntry = { kind: 'message', messageType: 'text', text, ...stamp };
    this.#append(room, entry);
    // Nobody is told: the message says so.
    member.watermark = { userId: senderId, deliveredSeq: entry.rev, readSeq: entry.rev };
    return { epoch: this.epoch, entry };
  }

  edit(senderId: string, { text, ...input }: EditMessageInput): ChangeMessageResult {
    return this.#change(senderId, input, (target, stamp) => ({ kind: 'edit', ...stamp, ...target, text }));
  }

  remove(senderId: string, input: DeleteMessageInput): ChangeMessageResult {
    return this.#change(senderId, input, (target, stamp) => ({ kind: 'deletion', ...stamp, ...target }));
  }

  react(senderId: string, { emoji, on, ...input }: ReactToMessageInput): ChangeMessageResult {
    return this.#change(senderId, input, (target, stamp) => {
      return { kind: 'reaction', ...stamp, ...target, emoji, on };
    });
  }

  mark(userId: string, { epoch, conversationId, deliveredSeq = 0, readSeq = 0 }: MarkInput): MarkResult {
    const { room, member } = this.#access(userId, conversationId);
    if (epoch !== this.epoch) throw new ConfabError('EPOCH_CHANGED');
    const end = room.log.length;
    const read = Math.max(member.watermark.readSeq, Math.min(readSeq, end));
    const delivered = Math.max(member.watermark.deliveredSeq, Math.min(deliveredSeq, end), read);
    const watermark = { userId, deliveredSeq: delivered, readSeq: read };
    const isRaised = read > member.watermark.readSeq || delivered > member.watermark.deliveredSeq;
    member.watermark = watermark;
    const told = room.kind === 'group' ? [...room.members.keys()] : [userId];
    for (const id of isRaised ? told : []) {
      this.publish(id, { type: 'watermark.raised', epoch: this.epoch, conversationId, watermark });
    }
    return { epoch: this.epoch, watermark };
  }

  watermarks(userId: string, conversationId: string): Watermarks {
    const { room, member } = this.#access(userId, conversationId);
    const all = [...room.members.values()].map(({ watermark }) => watermark);
    const watermarks = room.kind === 'group' ? all : [member.watermark];
    return { epoch: this.epoch, watermarks };
  }

  /** Settings are what the log says of them. */
  changeSetting(conversationId: string, senderId: string, value: string): void {
    const room = this.#room(conversationId);
    const setting = value.length % 2 === 0 ? 'name' : 'topic';
    this.#append(room, { kind: 'setting', setting, value, ...this.#stamp(room, senderId) });
  }

  /** Somebody's role, or their leave to write: the membership first, then its entry. */
  changeMember(userId: string, conversationId: string, pick: number): void {
    const room = this.#room(conversationId);
    const member = room.members.get(userId);
    if (member === undefined) return;
    const until = new Date(start + pick * 60_000).toISOString();
    const change = (['madeModerator', 'madeMember', 'silenced', 'unsilenced'] as const)[pick % 4];
    if (change === 'madeModerator') member.role = 'moderator';
    if (change === 'madeMember') member.role = 'member';
    if (change === 'silenced') member.silencedUntil = until;
    if (change === 'unsilenced') member.silencedUntil = null;
    const told = { change: change ?? 'madeMember', userId, ...(change === 'silenced' && { until }) };
    this.#append(room, { kind: 'member', ...told, ...this.#stamp(room, 'cleo') });
  }

  setPreferences(userId: string, input: SetPreferencesInput): Preferences {
    const { conversationId, pinned, muted, hidden } = input;
    const { room } = this.#access(userId, conversationId);
    const now = room.preferences.get(userId) ?? unpreferred;
    const hiddenSeq = hidden === undefined ? now.hiddenSeq : hidden ? room.log.length : null;
    const next = { pinned: pinned ?? now.pinned, muted: muted ?? now.muted, hiddenSeq };
    const preferences = { ...next, version: now.version + 1 };
    room.preferences.set(userId, preferences);
    this.publish(userId, { type: 'preferences.changed', conversationId, preferences });
    return preferences;
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

  /** Heads were read again: those who are served are told, whether they are behind or not. */
  tellHeads(): void {
    for (const { id, headRev, members } of this.rooms.values()) {
      for (const userId of members.keys()) {
        this.publish(userId, {
          type: 'conversation.advanced',
          epoch: this.epoch,
          conversationId: id,
          headRev,
        });
      }
    }
  }

  join(userId: string, conversationId: string): void {
    const room = this.#room(conversationId);
    if (room.members.has(userId)) return;
    this.#admit(room, userId, room.log.length + 1);
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
    this.rewind(entriesLost);
  }

  /** An older copy of the data in the place of the newer one, by hand: the epoch is as it was. */
  rewind(entriesLost: number): void {
    this.life += 1;
    for (const room of this.rooms.values()) {
      const froms = [...room.members.values()].map(({ from }) => from);
      const kept = Math.max(0, ...froms, room.log.length - entriesLost);
      for (const entry of room.log.slice(kept)) if (entry.kind === 'message') this.undone.add(entry.text);
      room.log = room.log.slice(0, kept);
      room.headRev = room.log.length;
      for (const member of room.members.values()) {
        const { userId, deliveredSeq, readSeq } = member.watermark;
        const end = room.log.length;
        const clamped = { deliveredSeq: Math.min(deliveredSeq, end), readSeq: Math.min(readSeq, end) };
        member.watermark = { userId, ...clamped };
      }
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
    const { room, member } = this.#access(userId, conversationId);
    const messages = this.visible(userId, conversationId).filter((entry) => entry.kind === 'message');
    const lastMessage = messages.at(-1) ?? null;
    const createdAt = new Date(start).toISOString();
    const { deliveredSeq, readSeq } = member.watermark;
    const above = messages.filter(({ rev }) => rev > readSeq);
    const isUnread = ({ senderId, deletedRev }: MessageEntry) =>
      senderId !== userId && deletedRev === undefined;
    return {
      id: room.id,
      kind: room.kind,
      ...this.#settingsOf(room),
      visibility: 'public',
      slowModeSeconds: 0,
      newMembersSeeHistory: false,
      peer: null,
      memberCount: room.members.size,
      role: member.role,
      silencedUntil: member.silencedUntil,
      preferences: room.preferences.get(userId) ?? unpreferred,
      headRev: room.headRev,
      from: member.from,
      createdAt,
      lastActivityAt: lastMessage === null ? createdAt : lastMessage.createdAt,
      lastMessage,
      deliveredSeq,
      readSeq,
      unread: Math.min(limits.unreadMax, above.filter(isUnread).length),
      unreadTo: above.at(-1)?.rev ?? Math.max(readSeq, member.from - 1),
    };
  }

  page(userId: string, conversationId: string, before?: number, limit = this.pageSize): MessagePage {
    const { room, member } = this.#access(userId, conversationId);
    const end = before === undefined ? room.log.length : before - 1;
    const first = Math.max(member.from - 1, end - Math.min(limit, this.pageEntriesMax));
    const entries = this.#shown(room, member, room.log.slice(first, Math.max(member.from - 1, end)));
    return { epoch: this.epoch, entries, cursor: room.log.length, from: member.from };
  }

  pull(userId: string, conversationId: string, after: number): MessagePull {
    const { room, member } = this.#access(userId, conversationId);
    const first = Math.max(after, member.from - 1);
    const entries = this.#shown(room, member, room.log.slice(first, first + this.pullSize));
    return { epoch: this.epoch, entries, from: member.from, more: first + this.pullSize < room.log.length };
  }

  /** The fresh snapshot that every device must equal. */
  visible(userId: string, conversationId: string): Entry[] {
    const { room, member } = this.#access(userId, conversationId);
    const hidden = new Set(['void', 'edit', 'deletion', 'reaction']);
    return this.#shown(room, member, room.log.slice(member.from - 1)).filter(({ kind }) => !hidden.has(kind));
  }

  hasSent(conversationId: string, senderId: string, clientId: string): boolean {
    return this.#findSent(this.#room(conversationId), senderId, clientId) !== undefined;
  }

  #change(
    senderId: string,
    { conversationId, messageId, clientId }: DeleteMessageInput,
    entryOf: (target: Target, stamp: Stamp) => ChangeEntry,
  ): ChangeMessageResult {
    const { room, member } = this.#access(senderId, conversationId);
    const known = this.#findSent(room, senderId, clientId);
    if (known !== undefined) return { epoch: this.epoch, entry: this.#present(room, known) as ChangeEntry };
    const message = room.log.find((entry) => entry.kind === 'message' && entry.id === messageId);
    if (message?.kind !== 'message' || message.rev < member.from) throw new ConfabError('NOT_FOUND');
    const entry = entryOf({ messageId, seq: message.rev }, this.#stamp(room, senderId, clientId));
    if (entry.kind !== 'reaction' && message.senderId !== senderId) throw new ConfabError('FORBIDDEN');
    const deletion = this.#deletionOf(room, messageId);
    if (deletion !== undefined && entry.kind !== 'deletion') throw new ConfabError('MESSAGE_DELETED');
    if (deletion !== undefined) return { epoch: this.epoch, entry: deletion };
    this.#append(room, entry);
    return { epoch: this.epoch, entry };
  }

  #settingsOf(room: Room): Pick<Conversation, 'name' | 'topic' | 'settingsRev'> {
    const settings = { name: room.id, topic: '', settingsRev: 0 };
    for (const entry of room.log) {
      if (entry.kind !== 'setting') continue;
      settings.settingsRev = entry.rev;
      if (entry.setting === 'name') settings.name = String(entry.value);
      if (entry.setting === 'topic') settings.topic = String(entry.value);
    }
    return settings;
  }

  #deletionOf(room: Room, messageId: string): ChangeEntry | undefined {
    return room.log.find((entry) => entry.kind === 'deletion' && entry.messageId === messageId) as
      ChangeEntry | undefined;
  }

  #findSent(room: Room, senderId: string, clientId: string): Entry | undefined {
    return room.log.find(
      (entry) => entry.kind !== 'void' && entry.senderId === senderId && entry.clientId === clientId,
    );
  }

  /** An entry as it is read now: a message with everything that the log says of it, a redacted edit without text. */
  #present(room: Room, entry: Entry): Entry {
    if (entry.kind === 'edit' && this.#deletionOf(room, entry.messageId) !== undefined)
      return { ...entry, text: '' };
    if (entry.kind !== 'message') return entry;
    const deletion = this.#deletionOf(room, entry.id);
    if (deletion !== undefined) return { ...entry, text: '', deletedRev: deletion.rev };
    const state = { ...entry };
    for (const change of room.log) {
      if (change.kind === 'edit' && change.messageId === entry.id) {
        state.text = change.text;
        state.textRev = change.rev;
      } else if (change.kind === 'reaction' && change.messageId === entry.id) {
        const reaction = { rev: change.rev, on: change.on };
        state.reactions = { ...state.reactions, [`${change.senderId}:${change.emoji}`]: reaction };
      }
    }
    return state;
  }

  /** Changes of what a member may not see are voids to them. */
  #shown(room: Room, { from }: Membership, entries: readonly Entry[]): Entry[] {
    return entries.map((entry) =>
      'seq' in entry && entry.seq < from ? { kind: 'void', rev: entry.rev } : this.#present(room, entry),
    );
  }

  #room(conversationId: string): Room {
    const room = this.rooms.get(conversationId);
    if (room === undefined) throw new ConfabError('NOT_FOUND');
    return room;
  }

  #access(userId: string, conversationId: string): { room: Room; member: Membership } {
    const room = this.#room(conversationId);
    const member = room.members.get(userId);
    if (member === undefined) throw new ConfabError('NOT_FOUND');
    return { room, member };
  }

  #admit(room: Room, userId: string, from: number): void {
    const seq = room.log.length;
    room.members.set(userId, {
      from,
      watermark: { userId, deliveredSeq: seq, readSeq: seq },
      role: 'member',
      silencedUntil: null,
    });
  }

  #stamp(room: Room, senderId: string, clientId?: string): Stamp {
    this.#ticks += 1;
    const id = `entry-${String(this.#ticks)}`;
    const createdAt = new Date(start + this.#ticks * 1_000).toISOString();
    return { id, rev: room.log.length + 1, senderId, clientId: clientId ?? `client-${id}`, createdAt };
  }

  #append(room: Room, entry: Entry): void {
    room.log.push(entry);
    room.headRev = Math.max(room.headRev, entry.rev);
    for (const [userId, { from }] of room.members) {
      if (entry.rev < from) continue;
      const isHidden = 'seq' in entry && entry.seq < from;
      const shown: Entry = isHidden ? { kind: 'void', rev: entry.rev } : entry;
      const conversationId = room.id;
      this.publish(userId, { type: 'entries.appended', epoch: this.epoch, conversationId, entries: [shown] });
    }
  }
}
