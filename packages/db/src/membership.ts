import { memberChanges, type Preferences } from '@confab/contract';
import { Schema, type InferSchemaType, type Types } from 'mongoose';
import { toObjectId } from './ids.ts';

const statuses = ['active', 'left', 'removed', 'banned'] as const;
const roles = ['owner', 'moderator', 'member'] as const;

export const membershipSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    conversationId: { type: Schema.Types.ObjectId, required: true },
    /** A membership that ended is kept: a retried creation must not bring it back, and a ban must last. */
    status: { type: String, enum: statuses, required: true },
    role: { type: String, enum: roles, required: true },
    joinedAt: { type: Date, required: true },
    /** The lowest rev this member may see. */
    visibleFromRev: { type: Number, required: true },
    /** Up to where a device of theirs holds the log. Absent, like the next one, is 0. */
    deliveredSeq: { type: Number },
    /** Up to where they have read it. */
    readSeq: { type: Number },
    /** Until when a moderator keeps them from writing. Outlives the membership: coming back does not end it. */
    silencedUntil: { type: Date, default: null },
    /** In groups: which of their places it takes. None once it has ended, and none in a group of an older version. */
    seat: { type: Number },
    /** Counts the changes of status, role and silence: each has one log entry, whose client id derives from this number. */
    version: { type: Number, required: true },
    /** The latest change while its log entry is not known to be stored: whoever meets it next records it. */
    unrecorded: {
      type: new Schema(
        {
          change: { type: String, enum: memberChanges, required: true },
          byId: { type: Schema.Types.ObjectId, required: true },
          countDelta: { type: Number, enum: [-1, 0, 1] as const, required: true },
          /** Of `silenced`. */
          until: { type: Date },
          /** Present when an owner gave the conversation up: who is to own it, null for whoever is next. */
          heirId: { type: Schema.Types.ObjectId },
        },
        { _id: false },
      ),
      default: null,
    },
    /** How the member wants the conversation in their list. Absent: not pinned, not muted, not hidden. */
    pinned: { type: Boolean },
    muted: { type: Boolean },
    hiddenSeq: { type: Number },
    /** Counts the changes of the three; absent is 0. */
    preferencesVersion: { type: Number },
    /** When it was created or its status last changed, by the database's clock; watermarks do not count. */
    touchedAt: { type: Date },
  },
  { versionKey: false, strict: 'throw', collection: 'memberships', autoIndex: false },
);
membershipSchema.index({ userId: 1, conversationId: 1 }, { name: 'memberships_user', unique: true });
membershipSchema.index(
  { conversationId: 1, status: 1, joinedAt: 1, _id: 1 },
  { name: 'memberships_conversation' },
);
membershipSchema.index({ userId: 1, status: 1, conversationId: 1 }, { name: 'memberships_active' });
membershipSchema.index({ touchedAt: -1 }, { name: 'memberships_touched' });
/** The names by which hinted queries know the indexes. */
export const membershipIndexes = {
  staff: 'memberships_staff',
  unrecorded: 'memberships_unrecorded',
  owner: 'memberships_owner',
  banned: 'memberships_banned',
} as const;
// Owners and moderators: whatever sorts above the word "member". Few, so finding an owner costs the same in any room.
membershipSchema.index(
  { conversationId: 1, role: 1, joinedAt: 1 },
  { name: membershipIndexes.staff, partialFilterExpression: { role: { $gt: 'member' } } },
);
membershipSchema.index(
  { conversationId: 1, touchedAt: 1 },
  { name: membershipIndexes.unrecorded, partialFilterExpression: { 'unrecorded.change': { $exists: true } } },
);

membershipSchema.index(
  { conversationId: 1, touchedAt: -1, _id: -1 },
  { name: membershipIndexes.banned, partialFilterExpression: { status: 'banned' } },
);
// The two that arbitrate: no place of a group is taken twice, and nothing has two owners, whoever is how quick.
membershipSchema.index(
  { conversationId: 1, seat: 1 },
  { name: 'memberships_seat', unique: true, partialFilterExpression: { seat: { $exists: true } } },
);
membershipSchema.index(
  { conversationId: 1 },
  { name: membershipIndexes.owner, unique: true, partialFilterExpression: { role: 'owner' } },
);

export type MembershipDocument = InferSchemaType<typeof membershipSchema> & { _id: Types.ObjectId };
export type MembershipStatus = (typeof statuses)[number];

export interface MembershipRecord {
  readonly id: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly status: MembershipStatus;
  readonly role: (typeof roles)[number];
  readonly joinedAt: Date;
  readonly visibleFromRev: number;
  readonly deliveredSeq: number;
  readonly readSeq: number;
  readonly silencedUntil: Date | null;
  readonly version: number;
  readonly unrecorded: UnrecordedChange | null;
  readonly preferences: Preferences;
}

/** What of the preferences is to be otherwise; `hiddenSeq: null` shows it again. */
export type NewPreferences = Partial<Omit<Preferences, 'version'>>;

/** Neither of the two ever falls. */
export type Watermarks = Pick<MembershipRecord, 'deliveredSeq' | 'readSeq'>;

/** A membership that began or ended lately. */
export interface TouchedMembership {
  readonly userId: string;
  readonly conversationId: string;
  readonly active: boolean;
  readonly visibleFromRev: number;
  readonly touchedAt: Date;
}

/** Somebody who is kept out. */
export interface BanRecord {
  /** Of the membership. */
  readonly id: string;
  readonly userId: string;
  readonly bannedAt: Date;
}

/** A change of a membership whose log entry is still to be appended. */
export interface UnrecordedChange {
  readonly change: (typeof memberChanges)[number];
  /** Who did it. */
  readonly byId: string;
  /** What it does to the conversation's count of members. */
  readonly countDelta: -1 | 0 | 1;
  /** Of `silenced`. */
  readonly until?: Date;
  /** An owner gave the conversation up with this change: who is to own it; null for whoever is next. */
  readonly heirId?: string | null;
}

export interface NewMembership {
  readonly userId: string;
  readonly conversationId: string;
  readonly role: MembershipRecord['role'];
  readonly joinedAt: Date;
  readonly visibleFromRev: number;
  readonly deliveredSeq: number;
  readonly readSeq: number;
  /** In groups: which of their places they take, from 0. */
  readonly seat?: number;
  /** null for those who are in from the conversation's start: its `created` entry stands for them. */
  readonly unrecorded: UnrecordedChange | null;
}

export function toRecord(document: MembershipDocument): MembershipRecord {
  const { _id, userId, conversationId, unrecorded, silencedUntil, deliveredSeq, readSeq, ...others } =
    document;
  const { pinned, muted, hiddenSeq, preferencesVersion, seat: _seat, ...rest } = others;
  return {
    ...rest,
    deliveredSeq: deliveredSeq ?? 0,
    readSeq: readSeq ?? 0,
    silencedUntil: silencedUntil ?? null,
    unrecorded: unrecorded ? readUnrecorded(unrecorded) : null,
    id: _id.toHexString(),
    userId: userId.toHexString(),
    conversationId: conversationId.toHexString(),
    preferences: {
      pinned: pinned ?? false,
      muted: muted ?? false,
      hiddenSeq: hiddenSeq ?? null,
      version: preferencesVersion ?? 0,
    },
  };
}

export type MembershipKey = Pick<MembershipRecord, 'userId' | 'conversationId'>;

function readUnrecorded({
  change,
  byId,
  countDelta,
  until,
  heirId,
}: NonNullable<MembershipDocument['unrecorded']>): UnrecordedChange {
  return {
    change,
    byId: byId.toHexString(),
    countDelta,
    ...(until && { until }),
    ...(heirId !== undefined && { heirId: heirId && heirId.toHexString() }),
  };
}

export function stored({ byId, heirId, ...rest }: UnrecordedChange) {
  return {
    ...rest,
    byId: toObjectId(byId),
    ...(heirId !== undefined && { heirId: heirId === null ? null : toObjectId(heirId) }),
  };
}
