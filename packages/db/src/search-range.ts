import { trusted } from 'mongoose';
import { toObjectId } from './ids.ts';

/** Above every character that a key can hold, in BSON's order of UTF-8 bytes. */
const lastCharacter = '\u{10ffff}';

export interface SearchQuery {
  /** In the form of the keys. */
  readonly prefix: string;
  /** Where the page before ended. */
  readonly after: { readonly searchKey: string; readonly id: string } | null;
  readonly limit: number;
}

/** Matches what has a `searchKey` that starts with the prefix and comes after the position, in the order of both. */
export function searchRange({ prefix, after }: SearchQuery) {
  const range = { searchKey: trusted({ $gte: after?.searchKey ?? prefix, $lt: prefix + lastCharacter }) };
  if (!after) return range;
  return {
    ...range,
    $or: [
      { searchKey: trusted({ $gt: after.searchKey }) },
      { searchKey: after.searchKey, _id: trusted({ $gt: toObjectId(after.id) }) },
    ],
  };
}
