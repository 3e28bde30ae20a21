import type { Preferences } from '@confab/contract';
import { trusted, type Connection, type Types } from 'mongoose';
import { DuplicateKeyError, refusingDuplicates } from './duplicate-key.ts';
import { toObjectId } from './ids.ts';
import {
  type BanRecord,
  membershipIndexes,
  membershipSchema,
  type MembershipDocument,
  type MembershipKey,
  type MembershipRecord,
  type NewMembership,
  type NewPreferences,
  stored,
  toRecord,
  type TouchedMembership,
  type UnrecordedChange,
  type Watermarks,
} from './membership.ts';

export function createMembershipStore(connection: Connection) {
  const model = connection.model('Membership', membershipSchema);
  const key = (userId: string, conversationId: string) => ({
    userId: toObjectId(userId),
    conversationId: toObjectId(conversationId),
  });

  return {
    model,

    /**
     * Creates the memberships that do not exist in any status; existing ones stay as they are.
     * @throws DuplicateKeyError where one asks for a seat that is taken, or to own what has an owner
     */
    async createMissing(memberships: readonly NewMembership[]): Promise<void> {
      const writes = memberships.map(({ userId, conversationId, unrecorded, ...fields }) => ({
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
      }));
      await refusingDuplicates(() => model.bulkWrite(writes, { ordered: false }));
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

    /** Who is banned, latest first, after the given position. */
    async listBanned(query: {
      conversationId: string;
      after: { bannedAt: number; id: string } | null;
      limit: number;
    }): Promise<BanRecord[]> {
      const { conversationId, after, limit } = query;
      const at = after && new Date(after.bannedAt);
      const rest = after && {
        touchedAt: trusted({ $lte: at }),
        $or: [
          { touchedAt: trusted({ $lt: at }) },
          { touchedAt: at, _id: trusted({ $lt: toObjectId(after.id) }) },
        ],
      };
      const found = await model
        .find(
          { conversationId: toObjectId(conversationId), status: 'banned', ...rest },
          { userId: 1, touchedAt: 1 },
        )
        .hint(membershipIndexes.banned)
        .sort({ touchedAt: -1, _id: -1 })
        .limit(limit)
        .lean<{ _id: Types.ObjectId; userId: Types.ObjectId; touchedAt: Date }[]>();
      return found.map(({ _id, userId, touchedAt }) => ({
        id: _id.toHexString(),
        userId: userId.toHexString(),
        bannedAt: touchedAt,
      }));
    },

    /** Which seat each active member of a group takes; null for one who takes none. As many as the group's members. */
    async listSeats(conversationId: string): Promise<(number | null)[]> {
      const found = await model
        .find({ conversationId: toObjectId(conversationId), status: 'active' }, { seat: 1, _id: 0 })
        .lean<{ seat?: number | null }[]>();
      return found.map(({ seat }) => seat ?? null);
    },

    /**
     * Changes a membership if it is still at `version`; null when somebody else changed it meanwhile, or holds the seat
     * or the ownership that is asked for. One writer wins, so each version stands for one change. A membership that
     * ends gives its seat back.
     */
    async transition(
      membership: Pick<MembershipRecord, 'userId' | 'conversationId' | 'version'>,
      change: { unrecorded: UnrecordedChange } & Partial<
        Pick<
          MembershipRecord,
          'status' | 'role' | 'silencedUntil' | 'joinedAt' | 'visibleFromRev' | 'deliveredSeq' | 'readSeq'
        > &
          Pick<NewMembership, 'seat'>
      >,
    ): Promise<MembershipRecord | null> {
      const { userId, conversationId, version } = membership;
      const ends = change.status !== undefined && change.status !== 'active';
      try {
        const changed = await refusingDuplicates(() =>
          model
            .findOneAndUpdate(
              { ...key(userId, conversationId), version },
              {
                $set: { ...change, unrecorded: stored(change.unrecorded) },
                ...(ends && { $unset: { seat: 1 as const } }),
                $currentDate: { touchedAt: true },
                $inc: { version: 1 },
              },
              { returnDocument: 'after' },
            )
            .lean<MembershipDocument>(),
        );
        return changed && toRecord(changed);
      } catch (error) {
        if (error instanceof DuplicateKeyError) return null;
        throw error;
      }
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
        .hint(membershipIndexes.staff)
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
      return (await found.hint(membershipIndexes.unrecorded).lean<MembershipDocument[]>()).map(toRecord);
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
