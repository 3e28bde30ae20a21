import {
  memberChanges,
  parseReactionKey,
  reactionKey,
  type ReactionState,
  type SettingEntry,
  type SettingName,
  settingsShape,
} from '@confab/contract';
import { Schema, type InferSchemaType, type Types } from 'mongoose';
import { newId, toObjectId } from './ids.ts';

const kinds = ['message', 'member', 'created', 'setting', 'edit', 'deletion', 'reaction', 'void'] as const;
const settingNames = Object.keys(settingsShape) as SettingName[];

export const entrySchema = new Schema(
  {
    conversationId: { type: Schema.Types.ObjectId, required: true },
    rev: { type: Number, required: true },
    kind: { type: String, enum: kinds, required: true },
    senderId: { type: Schema.Types.ObjectId, required: true },
    clientId: { type: String, required: true },
    bodyHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    messageType: { type: String, enum: ['text'] as const },
    /** As first sent; empty once the message is deleted. */
    text: { type: String },
    change: { type: String, enum: memberChanges },
    userId: { type: Schema.Types.ObjectId },
    until: { type: Date },
    countDelta: { type: Number, enum: [-1, 0, 1] as const },
    setting: { type: String, enum: settingNames },
    value: { type: Schema.Types.Mixed },
    // A message's present state, folded from the changes that came after it.
    editedText: { type: String },
    textRev: { type: Number },
    deletedRev: { type: Number },
    reactions: { type: Schema.Types.Mixed },
    // Of a change: the message it is about, and that message's rev.
    target: { type: Schema.Types.ObjectId },
    seq: { type: Number },
    emoji: { type: String },
    on: { type: Boolean },
    /** A change that its message or conversation may not show yet. Never false: absent once applied, so that the index holds few. */
    pending: { type: Boolean, enum: [true] as const },
  },
  { versionKey: false, strict: 'throw', collection: 'timeline', autoIndex: false },
);
/** The names by which refused inserts and hinted queries know the indexes. */
export const timelineIndexes = {
  rev: 'timeline_rev',
  client: 'timeline_client',
  pending: 'timeline_pending',
  target: 'timeline_target',
  setting: 'timeline_setting',
} as const;
entrySchema.index({ conversationId: 1, rev: 1 }, { name: timelineIndexes.rev, unique: true });
entrySchema.index(
  { conversationId: 1, senderId: 1, clientId: 1 },
  { name: timelineIndexes.client, unique: true },
);
entrySchema.index({ conversationId: 1, kind: 1, rev: 1 }, { name: 'timeline_kind' });
// The third key tells it apart from the index of revs: older servers refuse two indexes on the same fields.
entrySchema.index(
  { conversationId: 1, rev: 1, pending: 1 },
  { name: timelineIndexes.pending, partialFilterExpression: { pending: true } },
);
entrySchema.index(
  { conversationId: 1, target: 1, kind: 1, rev: 1 },
  { name: timelineIndexes.target, partialFilterExpression: { target: { $exists: true } } },
);

entrySchema.index(
  { conversationId: 1, setting: 1, rev: 1 },
  { name: timelineIndexes.setting, partialFilterExpression: { setting: { $exists: true } } },
);

type StoredFields = InferSchemaType<typeof entrySchema>;
export type EntryDocument = Omit<StoredFields, 'reactions' | 'value'> & {
  _id: Types.ObjectId;
  reactions?: Readonly<Record<string, ReactionState>>;
  value?: SettingEntry['value'];
};

interface EntryBase {
  readonly senderId: string;
  readonly clientId: string;
  /** Hash of the request as first sent: a retry has the same one, whatever became of the entry. */
  readonly bodyHash: string;
  readonly createdAt: Date;
}

/** What later changes made of a message; all of it absent on one that was just sent. */
export interface MessageState {
  /** The first text stays beside it, for the history. */
  readonly editedText?: string;
  readonly textRev?: number;
  readonly deletedRev?: number;
  /** By the contract's `reactionKey`. */
  readonly reactions?: Readonly<Record<string, ReactionState>>;
}

interface ChangeBase {
  /** Which message it is about, and that message's rev. */
  readonly messageId: string;
  readonly seq: number;
  /** Stored, but its message may not show it yet. */
  readonly pending: boolean;
}

/** What an entry says, before it has its place in the log. */
export type EntryDraft = EntryBase &
  (
    | ({ readonly kind: 'message'; readonly messageType: 'text'; readonly text: string } & MessageState)
    | {
        readonly kind: 'member';
        readonly change: (typeof memberChanges)[number];
        readonly userId: string;
        /** Of `silenced`. */
        readonly until?: Date;
        /** What it does to the count of members. */
        readonly countDelta: -1 | 0 | 1;
        /** Stored, but not counted yet. */
        readonly pending: boolean;
      }
    | {
        readonly kind: 'setting';
        readonly setting: SettingName;
        readonly value: SettingEntry['value'];
        /** Stored, but its conversation may not show it yet. */
        readonly pending: boolean;
      }
    | { readonly kind: 'created' }
    | { readonly kind: 'void' }
    | ({ readonly kind: 'edit'; readonly text: string } & ChangeBase)
    | ({ readonly kind: 'deletion' } & ChangeBase)
    | ({ readonly kind: 'reaction'; readonly emoji: string; readonly on: boolean } & ChangeBase)
  );
export type EntryRecord = EntryDraft & {
  readonly id: string;
  readonly conversationId: string;
  readonly rev: number;
};
export type MessageRecord = Extract<EntryRecord, { kind: 'message' }>;
export type ChangeRecord = Extract<EntryRecord, { kind: 'edit' | 'deletion' | 'reaction' }>;

/** What changes the conversation itself: its settings, its count of members. */
export type ConversationChange = Extract<EntryRecord, { kind: 'setting' | 'member' }>;
/** What is stored first and applied in a second step. */
export type PendingRecord = ChangeRecord | ConversationChange;

export function isPendingKind(entry: EntryRecord): entry is PendingRecord {
  return isChange(entry) || entry.kind === 'setting' || entry.kind === 'member';
}

/** Whether an entry changes a message. */
export function isChange(entry: EntryRecord): entry is ChangeRecord {
  return entry.kind === 'edit' || entry.kind === 'deletion' || entry.kind === 'reaction';
}

/** Field names of MongoDB may hold neither dots nor dollars, and what an emoji may hold is Unicode's to say. */
export function storedReactionKey(userId: string, emoji: string): string {
  return `${userId}:${Buffer.from(emoji).toString('base64url')}`;
}

function readReactions(stored: Readonly<Record<string, ReactionState>>): Record<string, ReactionState> {
  return Object.fromEntries(
    Object.entries(stored).map(([key, { rev, on }]) => {
      const { userId, emoji } = parseReactionKey(key);
      return [reactionKey(userId, Buffer.from(emoji, 'base64url').toString()), { rev, on }];
    }),
  );
}

function readState({ editedText, textRev, deletedRev, reactions }: EntryDocument): MessageState {
  return {
    ...(typeof editedText === 'string' && { editedText }),
    ...(typeof textRev === 'number' && { textRev }),
    ...(typeof deletedRev === 'number' && { deletedRev }),
    ...(reactions && { reactions: readReactions(reactions) }),
  };
}

/** A field that every entry of its kind has. */
function present<T>(value: T | null | undefined, document: EntryDocument, field: string): T {
  if (value === null || value === undefined) {
    throw new Error(`timeline entry ${document._id.toHexString()} lacks its ${field}`);
  }
  return value;
}

export function toRecord(document: EntryDocument): EntryRecord {
  const { _id, conversationId, rev, senderId, clientId, bodyHash, createdAt } = document;
  const base = {
    id: _id.toHexString(),
    conversationId: conversationId.toHexString(),
    rev,
    senderId: senderId.toHexString(),
    clientId,
    bodyHash,
    createdAt,
  };
  switch (document.kind) {
    case 'message':
      return {
        ...base,
        kind: 'message',
        messageType: 'text',
        text: document.text ?? '',
        ...readState(document),
      };
    case 'member': {
      const change = present(document.change, document, 'change');
      return {
        ...base,
        kind: 'member',
        change,
        userId: present(document.userId, document, 'userId').toHexString(),
        ...(document.until && { until: document.until }),
        countDelta: document.countDelta ?? 0,
        pending: document.pending === true,
      };
    }
    case 'setting':
      return {
        ...base,
        kind: 'setting',
        setting: present(document.setting, document, 'setting'),
        value: present(document.value, document, 'value'),
        pending: document.pending === true,
      };
    case 'created':
    case 'void':
      return { ...base, kind: document.kind };
    case 'edit':
      return { ...base, kind: 'edit', ...readTarget(document), text: document.text ?? '' };
    case 'deletion':
      return { ...base, kind: 'deletion', ...readTarget(document) };
    case 'reaction': {
      const emoji = present(document.emoji, document, 'emoji');
      return { ...base, kind: 'reaction', ...readTarget(document), emoji, on: document.on === true };
    }
  }
}

function readTarget(document: EntryDocument): ChangeBase {
  return {
    messageId: present(document.target, document, 'target').toHexString(),
    seq: present(document.seq, document, 'seq'),
    pending: document.pending === true,
  };
}

export function toDocument(entry: EntryRecord) {
  const { id, conversationId, senderId, ...rest } = entry;
  const ids = {
    _id: toObjectId(id),
    conversationId: toObjectId(conversationId),
    senderId: toObjectId(senderId),
  };
  if (isChange(entry)) {
    const { messageId, pending, id: _, ...fields } = entry;
    return { ...fields, ...ids, target: toObjectId(messageId), ...(pending && { pending }) };
  }
  if (entry.kind === 'setting' || entry.kind === 'member') {
    const { pending, id: _, ...fields } = entry;
    const userId = entry.kind === 'member' && { userId: toObjectId(entry.userId) };
    return { ...fields, ...ids, ...userId, ...(pending && { pending }) };
  }
  return { ...rest, ...ids };
}

/** Gives drafts their places from `firstRev` on. */
export function placeEntries(
  conversationId: string,
  firstRev: number,
  drafts: readonly EntryDraft[],
): EntryRecord[] {
  return drafts.map((draft, i) => ({ ...draft, id: newId(), conversationId, rev: firstRev + i }));
}
