import { parseReactionKey, reactionKey, type ReactionState } from '@confab/contract';
import { Schema, type InferSchemaType, type Types } from 'mongoose';
import { newId, toObjectId } from './ids.ts';

const kinds = ['message', 'member', 'created', 'edit', 'deletion', 'reaction', 'void'] as const;
const memberChanges = ['joined', 'left', 'added', 'removed', 'banned'] as const;

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
    /** A change that its message may not show yet. Never false: absent once applied, so that the index holds few. */
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

type StoredFields = InferSchemaType<typeof entrySchema>;
export type EntryDocument = Omit<StoredFields, 'reactions'> & {
  _id: Types.ObjectId;
  reactions?: Readonly<Record<string, ReactionState>>;
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
    | { readonly kind: 'member'; readonly change: (typeof memberChanges)[number]; readonly userId: string }
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
      };
    }
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
  return { ...rest, ...ids, ...(entry.kind === 'member' && { userId: toObjectId(entry.userId) }) };
}

/** Gives drafts their places from `firstRev` on. */
export function placeEntries(
  conversationId: string,
  firstRev: number,
  drafts: readonly EntryDraft[],
): EntryRecord[] {
  return drafts.map((draft, i) => ({ ...draft, id: newId(), conversationId, rev: firstRev + i }));
}
