import { Schema, trusted, type Connection, type InferSchemaType, type Types } from 'mongoose';
import { toObjectId } from './ids.ts';

const reasons = ['spam', 'abuse', 'illegal', 'other'] as const;

const reportSchema = new Schema(
  {
    reporterId: { type: Schema.Types.ObjectId, required: true },
    messageId: { type: Schema.Types.ObjectId, required: true },
    conversationId: { type: Schema.Types.ObjectId, required: true },
    senderId: { type: Schema.Types.ObjectId, required: true },
    reason: { type: String, enum: reasons, required: true },
    note: { type: String, default: '' },
    /** As the reporter saw it: it outlives an edit or a deletion of the message. */
    text: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'reports', autoIndex: false },
);
reportSchema.index({ reporterId: 1, messageId: 1 }, { name: 'reports_message', unique: true });
reportSchema.index({ createdAt: -1, _id: -1 }, { name: 'reports_latest' });

type ReportDocument = InferSchemaType<typeof reportSchema> & { _id: Types.ObjectId };

interface ReportRecord {
  readonly id: string;
  readonly reporterId: string;
  readonly messageId: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly reason: (typeof reasons)[number];
  readonly note: string;
  readonly text: string;
  readonly createdAt: Date;
}

function toRecord(document: ReportDocument): ReportRecord {
  const { _id, reporterId, messageId, conversationId, senderId, ...rest } = document;
  return {
    ...rest,
    id: _id.toHexString(),
    reporterId: reporterId.toHexString(),
    messageId: messageId.toHexString(),
    conversationId: conversationId.toHexString(),
    senderId: senderId.toHexString(),
  };
}

export function createReportStore(connection: Connection) {
  const model = connection.model('Report', reportSchema);

  return {
    model,

    /** False when this person reported this message already: the first report stays as it is. */
    async insertOnce(report: Omit<ReportRecord, 'id'>): Promise<boolean> {
      const { reporterId, messageId, conversationId, senderId, ...fields } = report;
      const { upsertedCount } = await model.updateOne(
        { reporterId: toObjectId(reporterId), messageId: toObjectId(messageId) },
        {
          $setOnInsert: {
            ...fields,
            conversationId: toObjectId(conversationId),
            senderId: toObjectId(senderId),
          },
        },
        { upsert: true },
      );
      return upsertedCount === 1;
    },

    /** Latest first, after the given position. */
    async list(query: {
      after: { createdAt: number; id: string } | null;
      limit: number;
    }): Promise<ReportRecord[]> {
      const { after, limit } = query;
      const at = after && new Date(after.createdAt);
      const rest = after && {
        createdAt: trusted({ $lte: at }),
        $or: [
          { createdAt: trusted({ $lt: at }) },
          { createdAt: at, _id: trusted({ $lt: toObjectId(after.id) }) },
        ],
      };
      const found = await model
        .find({ ...rest })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean<ReportDocument[]>();
      return found.map(toRecord);
    },
  };
}
