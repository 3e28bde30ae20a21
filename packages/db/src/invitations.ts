import { Schema, trusted, type Connection, type InferSchemaType, type Types } from 'mongoose';
import { refusingDuplicates } from './duplicate-key.ts';
import { toObjectId } from './ids.ts';
import type { MembershipKey } from './membership.ts';

const invitationSchema = new Schema(
  {
    /** Whoever knows it may come in. */
    code: { type: String, required: true },
    conversationId: { type: Schema.Types.ObjectId, required: true },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    /** Hash of the request that created it: tells a retry from another request under the same client id. */
    bodyHash: { type: String, required: true },
    /** null: never. */
    expiresAt: { type: Date, default: null },
    /** How many people it lets in; null: any number. */
    usesMax: { type: Number, default: null },
    uses: { type: Number, required: true },
    /** Whose the uses are, where they are limited: nobody has two of them. */
    usedBy: { type: [Schema.Types.ObjectId], default: undefined },
    revoked: { type: Boolean, default: false },
  },
  { versionKey: false, strict: 'throw', collection: 'invitations', autoIndex: false },
);
invitationSchema.index({ code: 1 }, { name: 'invitations_code', unique: true });
invitationSchema.index(
  { conversationId: 1, revoked: 1, createdAt: -1, _id: -1 },
  { name: 'invitations_conversation' },
);
// The database cleans expired ones away by itself; validity never waits for it.
invitationSchema.index({ expiresAt: 1 }, { name: 'invitations_expiry', expireAfterSeconds: 0 });

type InvitationDocument = InferSchemaType<typeof invitationSchema> & { _id: Types.ObjectId };

export interface InvitationRecord {
  readonly id: string;
  readonly code: string;
  readonly conversationId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly bodyHash: string;
  readonly expiresAt: Date | null;
  readonly usesMax: number | null;
  readonly uses: number;
  readonly usedBy: readonly string[];
  readonly revoked: boolean;
}

export type NewInvitation = Omit<InvitationRecord, 'uses' | 'usedBy' | 'revoked'>;

function toRecord(document: InvitationDocument): InvitationRecord {
  const { _id, conversationId, createdBy, usedBy, expiresAt, usesMax, ...rest } = document;
  return {
    ...rest,
    id: _id.toHexString(),
    conversationId: conversationId.toHexString(),
    createdBy: createdBy.toHexString(),
    expiresAt: expiresAt ?? null,
    usesMax: usesMax ?? null,
    usedBy: (usedBy ?? []).map((id) => id.toHexString()),
  };
}

export function createInvitationStore(connection: Connection) {
  const model = connection.model('Invitation', invitationSchema);
  const stands = (now: Date) => ({
    revoked: false,
    $or: [{ expiresAt: null }, { expiresAt: trusted({ $gt: now }) }],
  });

  return {
    model,

    /** @throws DuplicateKeyError `_id_` when it exists */
    async insert({ id, conversationId, createdBy, ...fields }: NewInvitation): Promise<void> {
      const ids = {
        _id: toObjectId(id),
        conversationId: toObjectId(conversationId),
        createdBy: toObjectId(createdBy),
      };
      await refusingDuplicates(() => model.create({ ...fields, ...ids, uses: 0, revoked: false }));
    },

    async findById(id: string): Promise<InvitationRecord | null> {
      const found = await model.findById(toObjectId(id)).lean<InvitationDocument>();
      return found && toRecord(found);
    },

    /** One that is neither revoked nor expired. */
    async findByCode(code: string, now: Date): Promise<InvitationRecord | null> {
      const found = await model.findOne({ code, ...stands(now) }).lean<InvitationDocument>();
      return found && toRecord(found);
    },

    /** Of one conversation, neither revoked nor expired, latest first. */
    async listStanding(query: {
      conversationId: string;
      now: Date;
      limit: number;
    }): Promise<InvitationRecord[]> {
      const { conversationId, now, limit } = query;
      const found = await model
        .find({ conversationId: toObjectId(conversationId), ...stands(now) })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean<InvitationDocument[]>();
      return found.map(toRecord);
    },

    /**
     * Takes one use of an invitation, unless none is left, or this person has one already, or it was revoked or
     * expired meanwhile. The guard and the count are one write: N uses are taken N times, however many try at once.
     */
    async takeUse(invitation: InvitationRecord, userId: string, now: Date): Promise<boolean> {
      const { code, usesMax } = invitation;
      const user = toObjectId(userId);
      const { modifiedCount } = await model.updateOne(
        {
          code,
          ...stands(now),
          ...(usesMax !== null && { uses: trusted({ $lt: usesMax }), usedBy: trusted({ $ne: user }) }),
        },
        { $inc: { uses: 1 }, ...(usesMax !== null && { $push: { usedBy: user } }) },
      );
      return modifiedCount === 1;
    },

    /** The uses that somebody took count on, and are theirs no more. */
    async spendUses({ conversationId, userId }: MembershipKey): Promise<void> {
      const user = toObjectId(userId);
      const filter = { conversationId: toObjectId(conversationId), usedBy: user };
      await model.updateMany(filter, { $pull: { usedBy: user } });
    },

    /** Ends what somebody made in a conversation. */
    async revokeAllBy({ conversationId, userId }: MembershipKey): Promise<void> {
      const filter = {
        conversationId: toObjectId(conversationId),
        revoked: false,
        createdBy: toObjectId(userId),
      };
      await model.updateMany(filter, { $set: { revoked: true } });
    },

    /** False when the conversation has no such invitation. */
    async revoke(query: { conversationId: string; id: string }): Promise<boolean> {
      const { conversationId, id } = query;
      const filter = { _id: toObjectId(id), conversationId: toObjectId(conversationId) };
      const { matchedCount } = await model.updateOne(filter, { $set: { revoked: true } });
      return matchedCount === 1;
    },
  };
}
