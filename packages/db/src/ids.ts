import { Types } from 'mongoose';

/** The stored form of a contract id (24 hex digits). */
export function toObjectId(id: string): Types.ObjectId {
  return new Types.ObjectId(id);
}

/** A fresh id: 12 bytes that begin with the time, so that new documents lie together in the index. */
export function newId(): string {
  return new Types.ObjectId().toHexString();
}
