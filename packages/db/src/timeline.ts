import { mongo, Schema, trusted, type Connection, type InferSchemaType, type Types } from 'mongoose';
import { duplicateKeyIndex } from './duplicate-key.ts';
import { newId, toObjectId } from './ids.ts';

const kinds = ['message', 'member', 'created', 'void'] as const;
const memberChanges = ['joined', 'left', 'added', 'removed', 'banned'] as const;

const entrySchema = new Schema(
  {
    conversationId: { type: Schema.Types.ObjectId, required: true },
    rev: { type: Number, required: true },
    kind: { type: String, enum: kinds, required: true },
    senderId: { type: Schema.Types.ObjectId, required: true },
    clientId: { type: String, required: true },
    bodyHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    messageType: { type: String, enum: ['text'] as const },
    text: { type: String },
    change: { type: String, enum: memberChanges },
    userId: { type: Schema.Types.ObjectId },
  },
  { versionKey: false, strict: 'throw', collection: 'timeline', autoIndex: false },
);
/** The names of the two indexes that arbitrate every append. */
export const timelineIndexes = { rev: 'timeline_rev', client: 'timeline_client' } as const;
entrySchema.index({ conversationId: 1, rev: 1 }, { name: timelineIndexes.rev, unique: true });
entrySchema.index(
  { conversationId: 1, senderId: 1, clientId: 1 },
  { name: timelineIndexes.client, unique: true },
);
entrySchema.index({ conversationId: 1, kind: 1, rev: 1 }, { name: 'timeline_kind' });

type EntryDocument = InferSchemaType<typeof entrySchema> & { _id: Types.ObjectId };

interface EntryBase {
  readonly senderId: string;
  readonly clientId: string;
  /** Hash of the request as first sent: a retry has the same one. */
  readonly bodyHash: string;
  readonly createdAt: Date;
}
/** What an entry says, before it has its place in the log. */
export type EntryDraft = EntryBase &
  (
    | { readonly kind: 'message'; readonly messageType: 'text'; readonly text: string }
    | { readonly kind: 'member'; readonly change: (typeof memberChanges)[number]; readonly userId: string }
    | { readonly kind: 'created' }
    | { readonly kind: 'void' }
  );
export type EntryRecord = EntryDraft & {
  readonly id: string;
  readonly conversationId: string;
  readonly rev: number;
};

/** How an ordered batch ended. Entries from `failedAt` on were not stored. */
export type InsertOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly failedAt: number; readonly conflict: 'rev' | 'client' };

function toRecord(document: EntryDocument): EntryRecord {
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
      return { ...base, kind: 'message', messageType: 'text', text: document.text ?? '' };
    case 'member': {
      const { change, userId } = document;
      if (!change || !userId) throw new Error(`timeline entry ${base.id} lacks its member change`);
      return { ...base, kind: 'member', change, userId: userId.toHexString() };
    }
    case 'created':
    case 'void':
      return { ...base, kind: document.kind };
  }
}

function toDocument({ id, conversationId, senderId, ...entry }: EntryRecord) {
  return {
    ...entry,
    _id: toObjectId(id),
    conversationId: toObjectId(conversationId),
    senderId: toObjectId(senderId),
    ...(entry.kind === 'member' && { userId: toObjectId(entry.userId) }),
  };
}

/** Gives drafts their places from `firstRev` on. */
export function placeEntries(
  conversationId: string,
  firstRev: number,
  drafts: readonly EntryDraft[],
): EntryRecord[] {
  return drafts.map((draft, i) => ({ ...draft, id: newId(), conversationId, rev: firstRev + i }));
}

/** An ordered batch stops at its first error. */
function firstWriteError({ writeErrors }: mongo.MongoBulkWriteError): mongo.WriteError | undefined {
  const errors: readonly mongo.WriteError[] = [writeErrors].flat();
  return errors[0];
}

export function createTimelineStore(connection: Connection) {
  const model = connection.model('TimelineEntry', entrySchema);

  return {
    model,

    /**
     * Stores entries of one conversation in order, each at its rev. The insert is the allocation: where another
     * process took the rev, or the client id is stored already, the batch stops there. A write-concern error is
     * thrown: nothing of the batch may then be acknowledged.
     */
    async insertBatch(entries: readonly EntryRecord[]): Promise<InsertOutcome> {
      try {
        // The driver's own call: mongoose's casting and validation would cost more than the insert, and the
        // documents come from typed records.
        await model.collection.insertMany(entries.map(toDocument), { ordered: true });
        return { ok: true };
      } catch (error) {
        if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
        const refusal = firstWriteError(error);
        if (refusal?.code !== 11000 || error.result.getWriteConcernError()) throw error;
        const index = duplicateKeyIndex(refusal.errmsg ?? '');
        if (index !== timelineIndexes.rev && index !== timelineIndexes.client) throw error;
        const conflict = index === timelineIndexes.rev ? 'rev' : 'client';
        return { ok: false, failedAt: refusal.index, conflict };
      }
    },

    /** 0 when the log is empty. */
    async highestRev(conversationId: string): Promise<number> {
      const highest = await model
        .findOne({ conversationId: toObjectId(conversationId) }, { rev: 1, _id: 0 })
        .sort({ rev: -1 })
        .lean<{ rev: number }>();
      return highest?.rev ?? 0;
    },

    async findByClientId(
      conversationId: string,
      senderId: string,
      clientId: string,
    ): Promise<EntryRecord | null> {
      const filter = {
        conversationId: toObjectId(conversationId),
        senderId: toObjectId(senderId),
        clientId,
      };
      const found = await model.findOne(filter).lean<EntryDocument>();
      return found && toRecord(found);
    },

    /** Entries with `from <= rev < before`, newest first. */
    async listBelow(query: {
      conversationId: string;
      from: number;
      before: number;
      limit: number;
    }): Promise<EntryRecord[]> {
      const { conversationId, from, before, limit } = query;
      const found = await model
        .find({ conversationId: toObjectId(conversationId), rev: trusted({ $gte: from, $lt: before }) })
        .sort({ rev: -1 })
        .limit(limit)
        .lean<EntryDocument[]>();
      return found.map(toRecord);
    },

    /** Entries with `rev > after`, oldest first. */
    async listAbove(query: { conversationId: string; after: number; limit: number }): Promise<EntryRecord[]> {
      const { conversationId, after, limit } = query;
      const found = await model
        .find({ conversationId: toObjectId(conversationId), rev: trusted({ $gt: after }) })
        .sort({ rev: 1 })
        .limit(limit)
        .lean<EntryDocument[]>();
      return found.map(toRecord);
    },

    /** The last message with `rev >= from`; one seek. */
    async lastMessage(conversationId: string, from: number): Promise<EntryRecord | null> {
      const found = await model
        .findOne({
          conversationId: toObjectId(conversationId),
          kind: 'message',
          rev: trusted({ $gte: from }),
        })
        .sort({ rev: -1 })
        .lean<EntryDocument>();
      return found && toRecord(found);
    },
  };
}
