import { Schema, trusted, type Connection, type InferSchemaType, type Types } from 'mongoose';
import { refusingDuplicates } from './duplicate-key.ts';
import { toObjectId } from './ids.ts';
import { type SearchQuery, searchRange } from './search-range.ts';

const conversationSchema = new Schema(
  {
    kind: { type: String, enum: ['direct', 'group', 'room'] as const, required: true },
    /** null for direct conversations. */
    name: { type: String, default: null },
    topic: { type: String, default: '' },
    visibility: { type: String, enum: ['public', 'private'] as const, required: true },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    /** Of a room: its name as it is searched. */
    searchKey: { type: String },
    /** Absent, like the next two: as it begins, with none. */
    slowModeSeconds: { type: Number },
    newMembersSeeHistory: { type: Boolean },
    /** The settings and the count of members are as the log up to this rev left them. */
    appliedRev: { type: Number },
    /** Hash of the request that created it: tells a retry from another request under the same client id. */
    bodyHash: { type: String, required: true },
    /** The two people of a direct conversation. */
    pair: { type: [Schema.Types.ObjectId], default: undefined },
    /** A hint: never below an acknowledged entry's rev. */
    headRev: { type: Number, default: 0 },
    /** A hint: never below an acknowledged message's rev. */
    lastMessageSeq: { type: Number, default: 0 },
    memberCount: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    lastActivityAt: { type: Date, required: true },
    /** When the hints were last raised, by the database's clock: processes need not agree on the time. */
    touchedAt: { type: Date },
  },
  { versionKey: false, strict: 'throw', collection: 'conversations', autoIndex: false },
);
conversationSchema.index(
  { kind: 1, visibility: 1, lastActivityAt: -1, _id: -1 },
  { name: 'conversations_directory' },
);
conversationSchema.index({ kind: 1, visibility: 1, searchKey: 1, _id: 1 }, { name: 'conversations_search' });
conversationSchema.index({ touchedAt: -1 }, { name: 'conversations_touched' });

type ConversationDocument = InferSchemaType<typeof conversationSchema> & { _id: Types.ObjectId };

export interface ConversationRecord {
  readonly id: string;
  readonly kind: 'direct' | 'group' | 'room';
  readonly name: string | null;
  readonly topic: string;
  readonly visibility: 'public' | 'private';
  readonly slowModeSeconds: number;
  readonly newMembersSeeHistory: boolean;
  /** The settings and `memberCount` are as the log up to this rev left them; 0: as created. */
  readonly appliedRev: number;
  readonly createdBy: string;
  readonly bodyHash: string;
  readonly pair: readonly string[] | null;
  readonly headRev: number;
  readonly lastMessageSeq: number;
  readonly memberCount: number;
  readonly createdAt: Date;
  readonly lastActivityAt: Date;
}

/** A conversation that something was appended to lately. */
export interface TouchedConversation {
  readonly id: string;
  readonly headRev: number;
  readonly touchedAt: Date;
}

export type NewConversation = Omit<
  ConversationRecord,
  'headRev' | 'lastMessageSeq' | 'lastActivityAt' | keyof ConversationSettings | 'appliedRev'
> &
  Pick<ConversationSettings, 'name' | 'topic'> & { readonly searchKey?: string };

/** What a log's settings change. */
export type ConversationSettings = Pick<
  ConversationRecord,
  'name' | 'topic' | 'slowModeSeconds' | 'newMembersSeeHistory'
>;

/** What one entry of the log changes. */
export type ConversationUpdate = Partial<ConversationSettings> & {
  readonly searchKey?: string;
  /** Added to the count of members. */
  readonly countDelta?: -1 | 0 | 1;
};

/** What appended entries say about their conversation. */
export interface ConversationHints {
  readonly headRev: number;
  readonly lastMessageSeq?: number;
  /** Absent where nothing happened that lists are ordered by: a change of an old message. */
  readonly lastActivityAt?: Date;
}

function toRecord(document: ConversationDocument): ConversationRecord {
  const { _id, createdBy, pair, name, slowModeSeconds, newMembersSeeHistory, appliedRev, ...others } =
    document;
  const { searchKey: _searchKey, touchedAt: _touchedAt, ...rest } = others;
  return {
    ...rest,
    id: _id.toHexString(),
    name: name ?? null,
    slowModeSeconds: slowModeSeconds ?? 0,
    newMembersSeeHistory: newMembersSeeHistory ?? false,
    appliedRev: appliedRev ?? 0,
    createdBy: createdBy.toHexString(),
    pair: pair ? pair.map((id) => id.toHexString()) : null,
  };
}

export function createConversationStore(connection: Connection) {
  const model = connection.model('Conversation', conversationSchema);

  return {
    model,

    /** @throws DuplicateKeyError `_id_` when it exists */
    async insert({ id, createdBy, pair, ...fields }: NewConversation): Promise<void> {
      const document = {
        ...fields,
        _id: toObjectId(id),
        createdBy: toObjectId(createdBy),
        lastActivityAt: fields.createdAt,
        ...(pair && { pair: pair.map(toObjectId) }),
      };
      await refusingDuplicates(() => model.create(document));
    },

    async findById(id: string): Promise<ConversationRecord | null> {
      const found = await model.findById(toObjectId(id)).lean<ConversationDocument>();
      return found && toRecord(found);
    },

    /** In no particular order; missing ids are left out. */
    async findByIds(ids: readonly string[]): Promise<ConversationRecord[]> {
      if (ids.length === 0) return [];
      const filter = { _id: trusted({ $in: ids.map(toObjectId) }) };
      return (await model.find(filter).lean<ConversationDocument[]>()).map(toRecord);
    },

    /** Public rooms, latest activity first, after the given position. */
    async listRooms(query: {
      after: { lastActivityAt: number; id: string } | null;
      limit: number;
    }): Promise<ConversationRecord[]> {
      const { after, limit } = query;
      const at = after && new Date(after.lastActivityAt);
      const rest = after && {
        lastActivityAt: trusted({ $lte: at }),
        $or: [
          { lastActivityAt: trusted({ $lt: at }) },
          { lastActivityAt: at, _id: trusted({ $lt: toObjectId(after.id) }) },
        ],
      };
      const found = await model
        .find({ kind: 'room', visibility: 'public', ...rest })
        .sort({ lastActivityAt: -1, _id: -1 })
        .limit(limit)
        .lean<ConversationDocument[]>();
      return found.map(toRecord);
    },

    /** Public rooms whose name starts with the prefix, by name, after the given position. */
    async searchRooms(query: SearchQuery): Promise<ConversationRecord[]> {
      const found = await model
        .find({ kind: 'room', visibility: 'public', ...searchRange(query) })
        .sort({ searchKey: 1, _id: 1 })
        .limit(query.limit)
        .lean<ConversationDocument[]>();
      return found.map(toRecord);
    },

    /**
     * Brings what the log says at a rev to its conversation. Whatever is below it has to be there before, so the guard
     * is one rev for all: late and repeated ones change nothing, and each is counted once.
     */
    async applyChange(
      id: string,
      rev: number,
      { countDelta = 0, ...settings }: ConversationUpdate,
    ): Promise<void> {
      const older = [{ appliedRev: trusted({ $exists: false }) }, { appliedRev: trusted({ $lt: rev }) }];
      await model.updateOne(
        { _id: toObjectId(id), $or: older },
        { $set: { ...settings, appliedRev: rev }, $inc: { memberCount: countDelta } },
      );
    },

    /**
     * Raises the hints; they never fall, so writers of any order and number agree. `touchedAt` is the database's own
     * clock: stamps of processes whose clocks differ could hide each other's from {@link touchedSince}.
     */
    async raiseHints(id: string, hints: ConversationHints): Promise<void> {
      await model.updateOne(
        { _id: toObjectId(id) },
        { $max: { ...hints }, $currentDate: { touchedAt: true } },
      );
    },

    /** Whose hints were raised since then, latest first; null: the latest one only. */
    async touchedSince(since: Date | null): Promise<TouchedConversation[]> {
      const found = await model
        .find({ touchedAt: trusted({ $gte: since ?? new Date(0) }) }, { headRev: 1, touchedAt: 1 })
        .sort({ touchedAt: -1 })
        .limit(since === null ? 1 : 0)
        .lean<{ _id: Types.ObjectId; headRev: number; touchedAt: Date }[]>();
      return found.map(({ _id, headRev, touchedAt }) => ({ id: _id.toHexString(), headRev, touchedAt }));
    },
  };
}
