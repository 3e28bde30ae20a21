import { trusted, type Connection } from 'mongoose';
import { createCredentials } from './credentials.ts';
import { refusingDuplicates } from './duplicate-key.ts';
import { newId, toObjectId } from './ids.ts';
import { type SearchQuery, searchRange } from './search-range.ts';
import {
  type NewUser,
  publicFields,
  toUserRecord,
  type UserDocument,
  type UserRecord,
  userSchema,
} from './user.ts';

export function createUserStore(connection: Connection) {
  const model = connection.model<UserDocument>('User', userSchema);

  return {
    model,
    ...createCredentials(model),

    /** @throws DuplicateKeyError `users_name` or `users_email` */
    async insert({ id = newId(), ...user }: NewUser): Promise<UserRecord> {
      const [nameKey] = user.nameKeys;
      const document = {
        _id: toObjectId(id),
        ...user,
        nameKeys: [...user.nameKeys],
        nameKey,
        lastSeenAt: null,
      };
      await refusingDuplicates(() => model.create(document));
      return { id, ...user, lastSeenAt: null, addableBy: 'everyone' };
    },

    async findById(id: string): Promise<UserRecord | null> {
      const found = await model.findById(toObjectId(id), publicFields).lean<UserDocument>();
      return found && toUserRecord(found);
    },

    /** In no particular order; missing ids are left out. */
    async findByIds(ids: readonly string[]): Promise<UserRecord[]> {
      if (ids.length === 0) return [];
      const filter = { _id: trusted({ $in: ids.map(toObjectId) }) };
      return (await model.find(filter, publicFields).lean<UserDocument[]>()).map(toUserRecord);
    },

    /** Whether any of these forms of a name is taken. */
    async isNameTaken(nameKeys: readonly string[]): Promise<boolean> {
      const filter = { nameKeys: trusted({ $in: nameKeys }) };
      return (await model.findOne(filter, { _id: 1 }).lean()) !== null;
    },

    async setAddableBy(id: string, addableBy: UserRecord['addableBy']): Promise<UserRecord | null> {
      const changed = await model
        .findOneAndUpdate(
          { _id: toObjectId(id) },
          { $set: { addableBy } },
          { returnDocument: 'after', projection: publicFields },
        )
        .lean<UserDocument>();
      return changed && toUserRecord(changed);
    },

    /** The ids of the users with these folded names, by folded name; nobody's names are left out. */
    async idsByNames(nameKeys: readonly string[]): Promise<Map<string, string>> {
      if (nameKeys.length === 0) return new Map();
      const among = trusted({ $in: nameKeys });
      // The index is on all the forms of a name; a name that only looks like the wanted one is another person's.
      const found = await model
        .find({ nameKeys: among, nameKey: among }, { nameKey: 1 })
        .lean<Pick<UserDocument, '_id' | 'nameKey'>[]>();
      return new Map(found.map(({ _id, nameKey }) => [nameKey, _id.toHexString()]));
    },

    /** Who has this folded name. */
    async findByName(nameKey: string): Promise<UserRecord | null> {
      const found = await model.findOne({ nameKeys: nameKey, nameKey }, publicFields).lean<UserDocument>();
      return found && toUserRecord(found);
    },

    /** Users whose search key starts with `prefix`, in its order, after the given position, without `exceptIds`. */
    async search({
      exceptIds,
      ...query
    }: SearchQuery & { readonly exceptIds: readonly string[] }): Promise<UserRecord[]> {
      const found = await model
        .find(searchRange(query), publicFields)
        .sort({ searchKey: 1, _id: 1 })
        // As many more as may have to be left out, so that this never shortens a page.
        .limit(query.limit + exceptIds.length)
        .lean<UserDocument[]>();
      return found
        .map(toUserRecord)
        .filter((user) => !exceptIds.includes(user.id))
        .slice(0, query.limit);
    },

    async setLastSeen(id: string, at: Date): Promise<void> {
      await model.updateOne({ _id: toObjectId(id) }, { $max: { lastSeenAt: at } });
    },
  };
}
