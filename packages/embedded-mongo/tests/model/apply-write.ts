import { type Collection, MongoServerError, type UpdateResult } from 'mongodb';
import { BeyondModel } from './apply-update.ts';
import type { Write } from './arbitrary-writes.ts';
import { documentId } from './arbitrary-values.ts';
import { show } from './check-query.ts';
import type { Fields } from './compare-values.ts';
import type { ModelCollection, Written } from './model-collection.ts';

/** Throws unless `write` does the same to the server's collection and to the model's, or is refused alike by both. */
export async function applyWrite(
  collection: Collection,
  model: ModelCollection,
  write: Write,
): Promise<void> {
  const expected = onModel(model, write);
  if (expected === null) return;
  const actual = await onServer(collection, write);
  if (show(actual) !== show(expected)) throw new Error(`expected ${show(expected)}, got ${show(actual)}`);
}

/** Null: a write of which only the server can say how far it gets; the model is as it was. */
function onModel(model: ModelCollection, write: Write): Written | null {
  const before = model.documents;
  try {
    const written = inModel(model, write);
    if (write.kind !== 'updateMany' || !('code' in written)) return written;
  } catch (error) {
    if (!(error instanceof BeyondModel)) throw error;
  }
  model.documents = before;
  return null;
}

function inModel(model: ModelCollection, write: Write): Written {
  switch (write.kind) {
    case 'insert':
      return model.insert({ _id: documentId(write.id), ...write.document });
    case 'replace':
      return model.replace({ _id: documentId(write.id) }, write.document);
    case 'update':
      return model.update({ _id: documentId(write.id) }, write.update);
    case 'updateMany':
      return model.update(write.filter, write.update);
    case 'delete':
      return { matched: model.delete({ _id: documentId(write.id) }), modified: 0 };
    case 'deleteMany':
      return { matched: model.delete(write.filter), modified: 0 };
  }
}

async function onServer(collection: Collection, write: Write): Promise<Written> {
  try {
    return await send(collection, write);
  } catch (error) {
    if (error instanceof MongoServerError) return { code: Number(error.code) };
    throw error;
  }
}

async function send(collection: Collection, write: Write): Promise<Written> {
  switch (write.kind) {
    case 'insert':
      await collection.insertOne({ _id: documentId(write.id) as never, ...write.document });
      return { matched: 0, modified: 0 };
    case 'replace':
      return changed(await collection.replaceOne(byId(write.id), write.document));
    case 'update':
      return changed(await collection.updateOne(byId(write.id), write.update));
    case 'updateMany':
      return changed(await collection.updateMany(write.filter, write.update));
    case 'delete':
      return { matched: (await collection.deleteOne(byId(write.id))).deletedCount, modified: 0 };
    case 'deleteMany':
      return { matched: (await collection.deleteMany(write.filter)).deletedCount, modified: 0 };
  }
}

const byId = (id: number): Fields => ({ _id: documentId(id) });

const changed = ({ matchedCount, modifiedCount }: UpdateResult): Written => ({
  matched: matchedCount,
  modified: modifiedCount,
});
