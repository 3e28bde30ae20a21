import { Schema, trusted, type Connection, type InferSchemaType, type Types } from 'mongoose';
import { refusingDuplicates } from './duplicate-key.ts';
import { newId, toObjectId } from './ids.ts';
import { type SearchQuery, searchRange } from './search-range.ts';

const userSchema = new Schema(
  {
    name: { type: String, required: true },
    /** Every form under which this name counts as taken; unique across all users. */
    nameKeys: { type: [String], required: true },
    /** The first of `nameKeys`: the name folded. */
    nameKey: { type: String, required: true },
    searchKey: { type: String, required: true },
    email: { type: String, required: true },
    passwordHash: { type: String, required: true },
    role: { type: String, enum: ['user', 'admin'] as const, required: true },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, default: null },
  },
  { versionKey: false, strict: 'throw', collection: 'users', autoIndex: false },
);
userSchema.index({ nameKeys: 1 }, { name: 'users_name', unique: true });
userSchema.index({ email: 1 }, { name: 'users_email', unique: true });
userSchema.index({ searchKey: 1, _id: 1 }, { name: 'users_search' });

type UserDocument = InferSchemaType<typeof userSchema> & { _id: Types.ObjectId };

export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly searchKey: string;
  readonly email: string;
  readonly role: 'user' | 'admin';
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
}

export interface NewUser {
  readonly name: string;
  /** Forms under which the name counts as taken; the first is the folded name. */
  readonly nameKeys: readonly [string, ...string[]];
  readonly searchKey: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly role: 'user' | 'admin';
  readonly createdAt: Date;
}

function toRecord(document: UserDocument): UserRecord {
  const { _id, name, searchKey, email, role, createdAt, lastSeenAt } = document;
  return { id: _id.toHexString(), name, searchKey, email, role, createdAt, lastSeenAt: lastSeenAt ?? null };
}

export function createUserStore(connection: Connection) {
  const model = connection.model('User', userSchema);
  const publicFields = { passwordHash: 0, nameKeys: 0, nameKey: 0 } as const;

  return {
    model,

    /** @throws DuplicateKeyError `users_name` or `users_email` */
    async insert(user: NewUser): Promise<UserRecord> {
      const id = newId();
      const [nameKey] = user.nameKeys;
      const document = {
        _id: toObjectId(id),
        ...user,
        nameKeys: [...user.nameKeys],
        nameKey,
        lastSeenAt: null,
      };
      await refusingDuplicates(() => model.create(document));
      return { id, ...user, lastSeenAt: null };
    },

    async findById(id: string): Promise<UserRecord | null> {
      const found = await model.findById(toObjectId(id), publicFields).lean<UserDocument>();
      return found && toRecord(found);
    },

    /** In no particular order; missing ids are left out. */
    async findByIds(ids: readonly string[]): Promise<UserRecord[]> {
      if (ids.length === 0) return [];
      const filter = { _id: trusted({ $in: ids.map(toObjectId) }) };
      return (await model.find(filter, publicFields).lean<UserDocument[]>()).map(toRecord);
    },

    /** Whether any of these forms of a name is taken. */
    async isNameTaken(nameKeys: readonly string[]): Promise<boolean> {
      const filter = { nameKeys: trusted({ $in: nameKeys }) };
      return (await model.findOne(filter, { _id: 1 }).lean()) !== null;
    },

    /** Of the user's password; null when there is no such user. */
    async findPasswordHash(id: string): Promise<string | null> {
      const found = await model
        .findById(toObjectId(id), { passwordHash: 1, _id: 0 })
        .lean<{ passwordHash: string }>();
      return found && found.passwordHash;
    },

    /** Replaces one password hash by another; false when it was replaced meanwhile. */
    async replacePasswordHash(id: string, change: { from: string; to: string }): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: toObjectId(id), passwordHash: change.from },
        { $set: { passwordHash: change.to } },
      );
      return matchedCount === 1;
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

    /** What signing in needs, by folded name or by lower-cased email address. */
    async findCredentials(
      by: { nameKey: string } | { email: string },
    ): Promise<{ user: UserRecord; passwordHash: string } | null> {
      const filter = 'email' in by ? { email: by.email } : { nameKeys: by.nameKey, nameKey: by.nameKey };
      const found = await model.findOne(filter, { nameKeys: 0 }).lean<UserDocument>();
      return found && { user: toRecord(found), passwordHash: found.passwordHash };
    },

    /** Who has this folded name. */
    async findByName(nameKey: string): Promise<UserRecord | null> {
      const found = await model.findOne({ nameKeys: nameKey, nameKey }, publicFields).lean<UserDocument>();
      return found && toRecord(found);
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
        .map(toRecord)
        .filter((user) => !exceptIds.includes(user.id))
        .slice(0, query.limit);
    },

    async setLastSeen(id: string, at: Date): Promise<void> {
      await model.updateOne({ _id: toObjectId(id) }, { $max: { lastSeenAt: at } });
    },
  };
}
