import { randomBytes } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';

const factSchema = new Schema(
  { _id: { type: String, required: true }, value: { type: String, required: true } },
  { versionKey: false, strict: 'throw', collection: 'facts', autoIndex: false },
);

/**
 * The life of this database as a random id: every restore makes a new one, so that devices which saw newer entries
 * than the restored log holds can tell, and forget their cursors.
 */
export async function readEpoch(connection: Connection): Promise<string> {
  const model = connection.model('Fact', factSchema);
  const fresh = randomBytes(12).toString('hex');
  const found = await model
    .findOneAndUpdate(
      { _id: 'epoch' },
      { $setOnInsert: { value: fresh } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean<{ value: string }>();
  return found.value;
}
