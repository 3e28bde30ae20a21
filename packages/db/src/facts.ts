import { randomBytes } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';

const factSchema = new Schema(
  { _id: { type: String, required: true }, value: { type: String, required: true } },
  { versionKey: false, strict: 'throw', collection: 'facts', autoIndex: false },
);

/** What was noted under a name, once: the first process that asks writes it. */
async function readFact(connection: Connection, name: string, bytes: number): Promise<string> {
  const model = connection.model('Fact', factSchema);
  const fresh = randomBytes(bytes).toString('hex');
  const found = await model
    .findOneAndUpdate(
      { _id: name },
      { $setOnInsert: { value: fresh } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean<{ value: string }>();
  return found.value;
}

/**
 * The life of this database as a random id: every restore makes a new one, so that devices which saw newer entries
 * than the restored log holds can tell, and forget their cursors.
 */
export function readEpoch(connection: Connection): Promise<string> {
  return readFact(connection, 'epoch', 12);
}

/**
 * Which installation this is, as a short random name that outlives restores. Everybody may know it: cookies are called
 * by it, so that two installations on one host do not take each other's away.
 */
export function readInstallation(connection: Connection): Promise<string> {
  return readFact(connection, 'installation', 4);
}
