import { memberChanges, type Preferences } from '@confab/contract';
import { Schema, trusted, type Connection, type InferSchemaType, type Types } from 'mongoose';
import { toObjectId } from './ids.ts';

const statuses = ['active', 'left', 'removed', 'banned'] as const;
const roles = ['owner', 'moderator', 'member'] as const;

const membershipSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    conversationId: { type: Schema.Types.ObjectId, required: true },
    /** A membership that ended is kept: a retried creation must not bring it back, and a ban must last. */
    status: { type: String, enum: statuses, required: true },
    role: { type: String, enum: roles, required: true },
    joinedAt: { type: Date, required: true },
    /** The lowest rev this member may see. */
    visibleFromRev: { type: Number, required: true },
    /** Up to where a device of theirs holds the log. Absent, like the next one, is 0. */
    deliveredSeq: { type: Number },
    /** Up to where they have read it. */
    readSeq: { type: Number },
    /** Until when a moderator keeps them from writing. Outlives the membership: coming back does not end it. */
    silencedUntil: { type: Date, default: null },
    /** Counts the changes of status, role and silence: each has one log entry, whose client id derives from this number. */
    version: { type: Number, required: true },
    /** The latest change while its log entry is not known to be stored: whoever meets it next records it. */
    unrecorded: {
      type: new Schema(
        {
          change: { type: String, enum: memberChanges, required: true },
          byId: { type: Schema.Types.ObjectId, required: true },
          countDelta: { type: Number, enum: [-1, 0, 1] as const, required: true },
          /** Of `silenced`. */
          until: { type: Date },
          /** Present when an owner gave the conversation up: who is to own it, null for whoever is next. */
          heirId: { type: Schema.Types.ObjectId },
        },
        { _id: false },
      ),
      default: null,
    },
    /** How the member wants the conversation in their list. Absent: not pinned, not muted, not hidden. */
    pinned: { type: Boolean },
    muted: { type: Boolean },
    hiddenSeq: { type: Number },
    /** Counts the changes of the three; absent is 0. */
    preferencesVersion: { type: Number },
    /** When it was created or its status last changed, by the database's clock; watermarks do not count. */
    touchedAt: { type: Date },
  },
  { versionKey: false, strict: 'throw', collection: 'memberships', autoIndex: false },
);
membershipSchema.index({ userId: 1, conversationId: 1 }, { name: 'memberships_user', unique: true });
membershipSchema.index(
  { conversationId: 1, status: 1, joinedAt: 1, _id: 1 },
  { name: 'memberships_conversation' },
);
membershipSchema.index({ userId: 1, status: 1, conversationId: 1 }, { name: 'memberships_active' });
membershipSchema.index({ touchedAt: -1 }, { name: 'memberships_touched' });
/** The names by which hinted queries know the indexes. */
const indexes = { staff: 'memberships_staff', unrecorded: 'memberships_unrecorded' } as const;
// Owners and moderators: whatever sorts above the word "member". Few, so finding an owner costs the same in any room.
membershipSchema.index(
  { conversationId: 1, role: 1, joinedAt: 1 },
  { name: indexes.staff, partialFilterExpression: { role: { $gt: 'member' } } },
);
membershipSchema.index(
  { conversationId: 1, touchedAt: 1 },
  { name: indexes.unrecorded, partialFilterExpression: { 'unrecorded.change': { $exists: true } } },
);

type MembershipDocument = InferSchemaType<typeof membershipSchema> & { _id: Types.ObjectId };
export type MembershipStatus = (typeof statuses)[number];

export interface MembershipRecord {
  readonly id: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly status: MembershipStatus;
  readonly role: (typeof roles)[number];
  readonly joinedAt: Date;
  readonly visibleFromRev: number;
  readonly deliveredSeq: number;
  readonly readSeq: number;
  readonly silencedUntil: Date | null;
  readonly version: number;
  readonly unrecorded: UnrecordedChange | null;
  readonly preferences: Preferences;
}

/** What of the preferences is to be otherwise; `hiddenSeq: null` shows it again. */
export type NewPreferences = Partial<Omit<Preferences, 'version'>>;

/** Neither of the two ever falls. */
export type Watermarks = Pick<MembershipRecord, 'deliveredSeq' | 'readSeq'>;

/** A membership that began or ended lately. */
export interface TouchedMembership {
  readonly userId: string;
  readonly conversationId: string;
  readonly active: boolean;
  readonly visibleFromRev: number;
  readonly touchedAt: Date;
}

/** A change of a membership whose log entry is still to be appended. */
export interface UnrecordedChange {
  readonly change: (typeof memberChanges)[number];
  /** Who did it. */
  readonly byId: string;
  /** What it does to the conversation's count of members. */
  readonly countDelta: -1 | 0 | 1;
  /** Of `silenced`. */
  readonly until?: Date;
  /** An owner gave the conversation up with this change: who is to own it; null for whoever is next. */
  readonly heirId?: string | null;
}

export interface NewMembership {
  readonly userId: string;
  readonly conversationId: string;
  readonly role: MembershipRecord['role'];
  readonly joinedAt: Date;
  readonly visibleFromRev: number;
  readonly deliveredSeq: number;
  readonly readSeq: number;
  /** null for those who are in from the conversation's start: its `created` entry stands for them. */
  readonly unrecorded: UnrecordedChange | null;
}

function toRecord(document: MembershipDocument): MembershipRecord {
  const { _id, userId, conversationId, unrecorded, silencedUntil, deliveredSeq, readSeq, ...others } =
    document;
  const { pinned, muted, hiddenSeq, preferencesVersion, ...rest } = others;
  return {
    ...rest,
    deliveredSeq: deliveredSeq ?? 0,
    readSeq: readSeq ?? 0,
    silencedUntil: silencedUntil ?? null,
    unrecorded: unrecorded ? readUnrecorded(unrecorded) : null,
    id: _id.toHexString(),
    userId: userId.toHexString(),
    conversationId: conversationId.toHexString(),
    preferences: {
      pinned: pinned ?? false,
      muted: muted ?? false,
      hiddenSeq: hiddenSeq ?? null,
      version: preferencesVersion ?? 0,
    },
  };
}

type MembershipKey = Pick<MembershipRecord, 'userId' | 'conversationId'>;

function readUnrecorded({
  change,
  byId,
  countDelta,
  until,
  heirId,
}: NonNullable<MembershipDocument['unrecorded']>): UnrecordedChange {
  return {
    change,
    byId: byId.toHexString(),
    countDelta,
    ...(until && { until }),
    ...(heirId !== undefined && { heirId: heirId && heirId.toHexString() }),
  };
}

function stored({ byId, heirId, ...rest }: UnrecordedChange) {
  return {
    ...rest,
    byId: toObjectId(byId),
    ...(heirId !== undefined && { heirId: heirId === null ? null : toObjectId(heirId) }),
  };
}

export function createMembershipStore(connection: Connection) {
  const model = connection.model('Membership', membershipSchema);
  const key = (userId: string, conversationId: string) => ({
    userId: toObjectId(userId),
    conversationId: toObjectId(conversationId),
  });

  return {
    model,

    /** Creates the memberships that do not exist in any status; existing ones stay as they are. */
    async createMissing(memberships: readonly NewMembership[]): Promise<void> {
      await model.bulkWrite(
        memberships.map(({ userId, conversationId, unrecorded, ...fields }) => ({
          updateOne: {
            filter: key(userId, conversationId),
            update: {
              $setOnInsert: {
                ...fields,
                status: 'active' as const,
                version: 1,
                unrecorded: unrecorded && stored(unrecorded),
              },
              $currentDate: { touchedAt: true as const },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    async find(userId: string, conversationId: string): Promise<MembershipRecord | null> {
      const found = await model.findOne(key(userId, conversationId)).lean<MembershipDocument>();
      return found && toRecord(found);
    },

    /** The memberships of several users in one conversation, of any status. */
    async findMany(userIds: readonly string[], conversationId: string): Promise<MembershipRecord[]> {
      const filter = {
        userId: trusted({ $in: userIds.map(toObjectId) }),
        conversationId: toObjectId(conversationId),
      };
      return (await model.find(filter).lean<MembershipDocument[]>()).map(toRecord);
    },

    /** Every active membership of a user. */
    async listOfUser(userId: string): Promise<MembershipRecord[]> {
      const filter = { userId: toObjectId(userId), status: 'active' as const };
      return (await model.find(filter).lean<MembershipDocument[]>()).map(toRecord);
    },

    /** Which of these conversations the user is an active member of. */
    async joinedAmong(userId: string, conversationIds: readonly string[]): Promise<Set<string>> {
      const filter = {
        userId: toObjectId(userId),
        status: 'active' as const,
        conversationId: trusted({ $in: conversationIds.map(toObjectId) }),
      };
      const found = await model
        .find(filter, { conversationId: 1, _id: 0 })
        .lean<{ conversationId: Types.ObjectId }[]>();
      return new Set(found.map((row) => row.conversationId.toHexString()));
    },

    /** The conversations that a user is an active member of, by ids alone: the index answers it. */
    async joinedBy(userId: string): Promise<string[]> {
      const found = await model
        .find({ userId: toObjectId(userId), status: 'active' as const }, { conversationId: 1, _id: 0 })
        .lean<{ conversationId: Types.ObjectId }[]>();
      return found.map((row) => row.conversationId.toHexString());
    },

    /** Active members, longest-standing first, after the given position. */
    async listOfConversation(query: {
      conversationId: string;
      after: { joinedAt: number; id: string } | null;
      limit: number;
    }): Promise<MembershipRecord[]> {
      const { conversationId, after, limit } = query;
      const at = after && new Date(after.joinedAt);
      const rest = after && {
        joinedAt: trusted({ $gte: at }),
        $or: [
          { joinedAt: trusted({ $gt: at }) },
          { joinedAt: at, _id: trusted({ $gt: toObjectId(after.id) }) },
        ],
      };
      const found = await model
        .find({ conversationId: toObjectId(conversationId), status: 'active', ...rest })
        .sort({ joinedAt: 1, _id: 1 })
        .limit(limit)
        .lean<MembershipDocument[]>();
      return found.map(toRecord);
    },

    /**
     * Changes a membership if it is still at `version`; null when somebody else changed it meanwhile.
     * One writer wins, so each version stands for one change.
     */
    async transition(
      membership: Pick<MembershipRecord, 'userId' | 'conversationId' | 'version'>,
      change: { unrecorded: UnrecordedChange } & Partial<
        Pick<
          MembershipRecord,
          'status' | 'role' | 'silencedUntil' | 'joinedAt' | 'visibleFromRev' | 'deliveredSeq' | 'readSeq'
        >
      >,
    ): Promise<MembershipRecord | null> {
      const { userId, conversationId, version } = membership;
      const changed = await model
        .findOneAndUpdate(
          { ...key(userId, conversationId), version },
          {
            $set: { ...change, unrecorded: stored(change.unrecorded) },
            $currentDate: { touchedAt: true },
            $inc: { version: 1 },
          },
          { returnDocument: 'after' },
        )
        .lean<MembershipDocument>();
      return changed && toRecord(changed);
    },

    /** Notes that a change has its entry; true for the one caller who noted it. */
    async markRecorded({
      userId,
      conversationId,
      version,
    }: MembershipKey & { version: number }): Promise<boolean> {
      const filter = { ...key(userId, conversationId), version, unrecorded: trusted({ $ne: null }) };
      const { modifiedCount } = await model.updateOne(filter, { $set: { unrecorded: null } });
      return modifiedCount === 1;
    },

    /** The longest-standing one with this role; one seek in a conversation of any size. */
    async findStaff(
      conversationId: string,
      role: Exclude<MembershipRecord['role'], 'member'>,
    ): Promise<MembershipRecord | null> {
      const found = await model
        .findOne({ conversationId: toObjectId(conversationId), role })
        .hint(indexes.staff)
        .sort({ joinedAt: 1 })
        .lean<MembershipDocument>();
      return found && toRecord(found);
    },

    /** Changes that have no entry yet: of one conversation, or of all that were made before a time. */
    async listUnrecorded(
      of: { conversationId: string } | { before: Date; limit: number },
    ): Promise<MembershipRecord[]> {
      const unrecorded = { 'unrecorded.change': trusted({ $exists: true }) };
      const found =
        'before' in of
          ? model.find({ ...unrecorded, touchedAt: trusted({ $lt: of.before }) }).limit(of.limit)
          : model.find({ ...unrecorded, conversationId: toObjectId(of.conversationId) });
      return (await found.hint(indexes.unrecorded).lean<MembershipDocument[]>()).map(toRecord);
    },

    /** Moves the start of what a member sees, and of what is unread to them, up to their own join entry. */
    async raiseStart(
      userId: string,
      conversationId: string,
      start: Watermarks & Partial<Pick<MembershipRecord, 'visibleFromRev'>>,
    ): Promise<void> {
      await model.updateOne(key(userId, conversationId), {
        $max: { ...start },
        $currentDate: { touchedAt: true },
      });
    },

    /** What was created or changed its status since then, of any status, latest first; null: the latest one only. */
    async touchedSince(since: Date | null): Promise<TouchedMembership[]> {
      const fields = {
        userId: 1,
        conversationId: 1,
        status: 1,
        visibleFromRev: 1,
        touchedAt: 1,
        _id: 0,
      } as const;
      const found = await model
        .find({ touchedAt: trusted({ $gte: since ?? new Date(0) }) }, fields)
        .sort({ touchedAt: -1 })
        .limit(since === null ? 1 : 0)
        .lean<(MembershipDocument & { touchedAt: Date })[]>();
      return found.map(({ userId, conversationId, status, visibleFromRev, touchedAt }) => ({
        userId: userId.toHexString(),
        conversationId: conversationId.toHexString(),
        active: status === 'active',
        visibleFromRev,
        touchedAt,
      }));
    },

    /** Raises the watermarks of an active member and returns them; null for anybody else. */
    async raiseWatermarks(
      userId: string,
      conversationId: string,
      marks: Watermarks,
    ): Promise<Watermarks | null> {
      const raised = await model
        .findOneAndUpdate(
          { ...key(userId, conversationId), status: 'active' },
          { $max: { ...marks } },
          { returnDocument: 'after' },
        )
        .lean<MembershipDocument>();
      return raised && toRecord(raised);
    },

    /** Changes an active member's preferences and returns all of them; null for anybody else. */
    async setPreferences(
      userId: string,
      conversationId: string,
      { hiddenSeq, ...fields }: NewPreferences,
    ): Promise<Preferences | null> {
      const changed = await model
        .findOneAndUpdate(
          { ...key(userId, conversationId), status: 'active' },
          {
            $set: { ...fields, ...(typeof hiddenSeq === 'number' && { hiddenSeq }) },
            ...(hiddenSeq === null && { $unset: { hiddenSeq: 1 as const } }),
            $inc: { preferencesVersion: 1 },
          },
          { returnDocument: 'after' },
        )
        .lean<MembershipDocument>();
      return changed && toRecord(changed).preferences;
    },

    /** Raises both watermarks of active members to the given revs, in one command, in any order. */
    async raiseReadMarks(
      marks: readonly { readonly userId: string; readonly conversationId: string; readonly rev: number }[],
    ): Promise<void> {
      const updates = marks.map(({ userId, conversationId, rev }) => ({
        updateOne: {
          filter: { ...key(userId, conversationId), status: 'active' as const },
          update: { $max: { deliveredSeq: rev, readSeq: rev } },
        },
      }));
      await model.bulkWrite(updates, { ordered: false });
    },
  };
}
