import { limits } from '@confab/contract';
import { Schema, type Connection, type InferSchemaType } from 'mongoose';
import { toObjectId } from './ids.ts';

const revokedSessionSchema = new Schema(
  {
    /** As that of the session: the SHA-256 of its token in hex. */
    _id: { type: String, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    revokedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'revokedSessions', autoIndex: false },
);
// No browser brings the token for longer.
revokedSessionSchema.index(
  { revokedAt: 1 },
  { name: 'revoked_sessions_expiry', expireAfterSeconds: limits.sessionCookieDays * 86_400 },
);

type RevokedSessionDocument = InferSchemaType<typeof revokedSessionSchema>;

/**
 * Sessions that somebody ended. A session that expired is forgotten by the database itself, so that one is not found is no
 * sign of a revocation: this is.
 */
export function createRevokedSessionStore(connection: Connection) {
  const model = connection.model('RevokedSession', revokedSessionSchema);

  return {
    model,

    /** Nothing changes for one that is there already. */
    async add(sessionIds: readonly string[], of: { userId: string; revokedAt: Date }): Promise<void> {
      if (sessionIds.length === 0) return;
      const fields = { userId: toObjectId(of.userId), revokedAt: of.revokedAt };
      await model.bulkWrite(
        sessionIds.map((_id) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
        })),
      );
    },

    /** Whose session this was; null when it was not revoked, or so long ago that no device asks any more. */
    async ownerOf(sessionId: string): Promise<string | null> {
      const found = await model.findById(sessionId).lean<RevokedSessionDocument>();
      return found && found.userId.toHexString();
    },
  };
}
