import { Schema, trusted, type Connection, type InferSchemaType, type Types } from 'mongoose';
import { toObjectId } from './ids.ts';

const blockSchema = new Schema(
  {
    /** Who blocked. */
    userId: { type: Schema.Types.ObjectId, required: true },
    blockedId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'blocks', autoIndex: false },
);
blockSchema.index({ userId: 1, blockedId: 1 }, { name: 'blocks_pair', unique: true });
blockSchema.index({ userId: 1, createdAt: -1, _id: -1 }, { name: 'blocks_latest' });

type BlockDocument = InferSchemaType<typeof blockSchema> & { _id: Types.ObjectId };

/** `userId` does not want to be written to by `blockedId`. */
export interface BlockRecord {
  readonly id: string;
  readonly userId: string;
  readonly blockedId: string;
  readonly createdAt: Date;
}

function toRecord({ _id, userId, blockedId, createdAt }: BlockDocument): BlockRecord {
  return {
    id: _id.toHexString(),
    userId: userId.toHexString(),
    blockedId: blockedId.toHexString(),
    createdAt,
  };
}

export function createBlockStore(connection: Connection) {
  const model = connection.model('Block', blockSchema);
  const pair = (userId: string, blockedId: string) => ({
    userId: toObjectId(userId),
    blockedId: toObjectId(blockedId),
  });

  return {
    model,

    /** False when it is there already: of two who write it at once, one does. */
    async add(userId: string, blockedId: string, at: Date): Promise<boolean> {
      const { upsertedCount } = await model.updateOne(
        pair(userId, blockedId),
        { $setOnInsert: { createdAt: at } },
        { upsert: true },
      );
      return upsertedCount === 1;
    },

    /** False when there is none. */
    async remove(userId: string, blockedId: string): Promise<boolean> {
      const { deletedCount } = await model.deleteOne(pair(userId, blockedId));
      return deletedCount === 1;
    },

    /** What some of these people hold against each other: at most one of each direction for two of them. */
    async among(userIds: readonly string[]): Promise<BlockRecord[]> {
      const ids = trusted({ $in: userIds.map(toObjectId) });
      return (await model.find({ userId: ids, blockedId: ids }).lean<BlockDocument[]>()).map(toRecord);
    },

    /** Which of these people blocked `blockedId`. */
    async blockersOf(blockedId: string, userIds: readonly string[]): Promise<string[]> {
      const found = await model
        .find({ userId: trusted({ $in: userIds.map(toObjectId) }), blockedId: toObjectId(blockedId) })
        .lean<BlockDocument[]>();
      return found.map(({ userId }) => userId.toHexString());
    },

    /** Everybody whom somebody blocked, read from the index alone. */
    async blockedBy(userId: string): Promise<ReadonlySet<string>> {
      const found = await model
        .find({ userId: toObjectId(userId) }, { _id: 0, blockedId: 1 })
        .hint('blocks_pair')
        .lean<Pick<BlockDocument, 'blockedId'>[]>();
      return new Set(found.map(({ blockedId }) => blockedId.toHexString()));
    },

    /** Whom somebody blocked, latest first, after the given position. */
    async listOfUser(query: {
      userId: string;
      after: { createdAt: number; id: string } | null;
      limit: number;
    }): Promise<BlockRecord[]> {
      const { userId, after, limit } = query;
      const at = after && new Date(after.createdAt);
      const rest = after && {
        createdAt: trusted({ $lte: at }),
        $or: [
          { createdAt: trusted({ $lt: at }) },
          { createdAt: at, _id: trusted({ $lt: toObjectId(after.id) }) },
        ],
      };
      const found = await model
        .find({ userId: toObjectId(userId), ...rest })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean<BlockDocument[]>();
      return found.map(toRecord);
    },

    /** Whether somebody blocked as many people as `max`, or more. */
    async isFull(userId: string, max: number): Promise<boolean> {
      const last = await model
        .findOne({ userId: toObjectId(userId) }, { _id: 1 })
        .sort({ createdAt: -1, _id: -1 })
        .skip(max - 1)
        .lean();
      return last !== null;
    },
  };
}
