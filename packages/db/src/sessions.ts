import { Schema, trusted, type Connection, type InferSchemaType, type Types } from 'mongoose';
import { toObjectId } from './ids.ts';

const sessionSchema = new Schema(
  {
    /** SHA-256 of the token in hex: who reads the database cannot use the session. */
    _id: { type: String, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    lastUsedAt: { type: Date, required: true },
    userAgent: { type: String, default: null },
    ip: { type: String, default: null },
  },
  { versionKey: false, strict: 'throw', collection: 'sessions', autoIndex: false },
);
sessionSchema.index({ userId: 1 }, { name: 'sessions_user' });
// The database cleans expired sessions away by itself; validity never waits for it.
sessionSchema.index({ expiresAt: 1 }, { name: 'sessions_expiry', expireAfterSeconds: 0 });

type SessionDocument = InferSchemaType<typeof sessionSchema>;

/** A session as stored; `id` is the SHA-256 of its token. */
interface SessionRecord {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date;
  readonly userAgent: string | null;
  readonly ip: string | null;
}

function toRecord({ _id, userId, userAgent, ip, ...dates }: SessionDocument): SessionRecord {
  return { ...dates, id: _id, userId: userId.toHexString(), userAgent: userAgent ?? null, ip: ip ?? null };
}

/** Keeps sessions for packages/auth, whose `SessionStore` this is. */
export function createSessionStore(connection: Connection) {
  const model = connection.model('Session', sessionSchema);

  return {
    model,

    /** With its user, in two seeks. */
    async find(tokenHash: string) {
      const session = await model.findById(tokenHash).lean<SessionDocument>();
      if (!session) return null;
      const user = await connection
        .model('User')
        .findById(session.userId, { name: 1, role: 1 })
        .lean<{ _id: Types.ObjectId; name: string; role: 'user' | 'admin' }>();
      return {
        session: toRecord(session),
        user: user && { id: user._id.toHexString(), name: user.name, role: user.role },
      };
    },

    async insert({ id, userId, ...fields }: SessionRecord): Promise<void> {
      await model.create({ ...fields, _id: id, userId: toObjectId(userId) });
    },

    async deleteByHash(tokenHash: string): Promise<void> {
      await model.deleteOne({ _id: tokenHash });
    },

    async deleteByUser(userId: string, except?: string): Promise<string[]> {
      const filter = {
        userId: toObjectId(userId),
        ...(except !== undefined && { _id: trusted({ $ne: except }) }),
      };
      const ids = (await model.find(filter, { _id: 1 }).lean<{ _id: string }[]>()).map(({ _id }) => _id);
      await model.deleteMany({ _id: trusted({ $in: ids }) });
      return ids;
    },

    async listByUser(userId: string): Promise<SessionRecord[]> {
      const found = await model.find({ userId: toObjectId(userId) }).lean<SessionDocument[]>();
      return found.map(toRecord);
    },

    /** Which of these sessions still open something: they are there, their end is to come, and they began after `since`. */
    async findLiving(
      tokenHashes: readonly string[],
      { now, since }: { now: Date; since: Date },
    ): Promise<string[]> {
      const filter = {
        _id: trusted({ $in: [...tokenHashes] }),
        expiresAt: trusted({ $gt: now }),
        createdAt: trusted({ $gt: since }),
      };
      return (await model.find(filter, { _id: 1 }).lean<{ _id: string }[]>()).map(({ _id }) => _id);
    },

    async updateExpiry(tokenHash: string, dates: { expiresAt: Date; lastUsedAt: Date }): Promise<void> {
      await model.updateOne({ _id: tokenHash }, { $max: dates });
    },

    async deleteExpired(now: Date): Promise<void> {
      await model.deleteMany({ expiresAt: trusted({ $lt: now }) });
    },
  };
}
