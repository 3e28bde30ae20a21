import { type AddableBy, addableByChoices } from '@confab/contract';
import { Schema, type InferSchemaType, type Types } from 'mongoose';

export const userSchema = new Schema(
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
    /** Who may bring them into groups. Absent in accounts of a version before: everybody. */
    addableBy: { type: String, enum: addableByChoices, default: 'everyone' },
    /** Browsers in which they signed in, as hashes of what those keep; the latest first. */
    devices: {
      type: [{ _id: false, hash: { type: String, required: true }, since: { type: Date, required: true } }],
      default: [],
    },
  },
  { versionKey: false, strict: 'throw', collection: 'users', autoIndex: false },
);
userSchema.index({ nameKeys: 1 }, { name: 'users_name', unique: true });
userSchema.index({ email: 1 }, { name: 'users_email', unique: true });
userSchema.index({ searchKey: 1, _id: 1 }, { name: 'users_search' });

export type UserDocument = Omit<InferSchemaType<typeof userSchema>, 'devices' | 'addableBy'> & {
  _id: Types.ObjectId;
  addableBy?: AddableBy;
  devices?: readonly DeviceRecord[];
};

/** A browser that an account knows. */
export interface DeviceRecord {
  readonly hash: string;
  /** Of the last sign-in there. */
  readonly since: Date;
}

/** What signing in needs. */
export interface Credentials {
  readonly user: UserRecord;
  readonly passwordHash: string;
  readonly devices: readonly DeviceRecord[];
}

export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly searchKey: string;
  readonly email: string;
  readonly role: 'user' | 'admin';
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly addableBy: AddableBy;
}

export interface NewUser {
  /** A fresh one by default. */
  readonly id?: string;
  readonly name: string;
  /** Forms under which the name counts as taken; the first is the folded name. */
  readonly nameKeys: readonly [string, ...string[]];
  readonly searchKey: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly role: 'user' | 'admin';
  readonly createdAt: Date;
}

export function toUserRecord(document: UserDocument): UserRecord {
  const { _id, name, searchKey, email, role, createdAt, lastSeenAt, addableBy } = document;
  return {
    id: _id.toHexString(),
    name,
    searchKey,
    email,
    role,
    createdAt,
    lastSeenAt: lastSeenAt ?? null,
    addableBy: addableBy ?? 'everyone',
  };
}

/** Without what only signing in needs. */
export const publicFields = { passwordHash: 0, nameKeys: 0, nameKey: 0, devices: 0 } as const;
