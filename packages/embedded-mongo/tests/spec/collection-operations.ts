import type { AnyBulkWriteOperation, Collection, Document, IndexSpecification } from 'mongodb';
import type { Fields } from './spec-file.ts';

type Perform = (collection: Collection, args: Fields) => Promise<unknown>;

/** The operations of a collection, as the driver takes their arguments: what is not positional goes in as options. */
export const collectionOperations: Record<string, Perform> = {
  aggregate: (collection, { pipeline, ...options }) =>
    collection.aggregate(pipeline as Document[], options).toArray(),
  bulkWrite: (collection, { requests, ...options }) =>
    collection.bulkWrite(requests as AnyBulkWriteOperation[], options),
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the command has tests of its own
  count: (collection, { filter, ...options }) => collection.count(filter as Fields, options),
  countDocuments: (collection, { filter, ...options }) =>
    collection.countDocuments(filter as Fields, options),
  createIndex: (collection, { keys, rawData, ...options }) =>
    collection.createIndex(keys as IndexSpecification, options, { rawData } as object),
  deleteMany: (collection, { filter, ...options }) => collection.deleteMany(filter as Fields, options),
  deleteOne: (collection, { filter, ...options }) => collection.deleteOne(filter as Fields, options),
  distinct: (collection, { fieldName, filter, ...options }) =>
    collection.distinct(String(fieldName), filter as Fields, options),
  dropIndex: (collection, { name, ...options }) => collection.dropIndex(String(name), options),
  estimatedDocumentCount: (collection, options) => collection.estimatedDocumentCount(options),
  find: (collection, { filter, ...options }) => collection.find(filter as Fields, options).toArray(),
  findOne: (collection, { filter, ...options }) => collection.findOne(filter as Fields, options),
  findOneAndDelete: (collection, { filter, ...options }) =>
    collection.findOneAndDelete(filter as Fields, options),
  findOneAndReplace: (collection, { filter, replacement, ...options }) =>
    collection.findOneAndReplace(filter as Fields, replacement as Fields, options),
  findOneAndUpdate: (collection, { filter, update, ...options }) =>
    collection.findOneAndUpdate(filter as Fields, update as Fields, options),
  insertMany: (collection, { documents, ...options }) =>
    collection.insertMany(documents as Fields[], options),
  insertOne: (collection, { document, ...options }) => collection.insertOne(document as Fields, options),
  listIndexes: (collection, options) => collection.listIndexes(options).toArray(),
  replaceOne: (collection, { filter, replacement, ...options }) =>
    collection.replaceOne(filter as Fields, replacement as Fields, options),
  updateMany: (collection, { filter, update, ...options }) =>
    collection.updateMany(filter as Fields, update as Fields, options),
  updateOne: (collection, { filter, update, ...options }) =>
    collection.updateOne(filter as Fields, update as Fields, options),
};
