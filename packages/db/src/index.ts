export type { BlockRecord } from './blocks.ts';
export type {
  ConversationHints,
  ConversationRecord,
  ConversationSettings,
  ConversationUpdate,
  NewConversation,
  TouchedConversation,
} from './conversations.ts';
export { connectDatabase, type Database, type DatabaseOptions } from './database.ts';
export { DuplicateKeyError } from './duplicate-key.ts';
export { FairGate, type GateBounds } from './fair-gate.ts';
export { newId } from './ids.ts';
export type { InvitationRecord, NewInvitation } from './invitations.ts';
export { answeredWithin } from './answered-within.ts';
export { isUnavailable } from './is-unavailable.ts';
export type {
  MembershipRecord,
  MembershipStatus,
  NewMembership,
  NewPreferences,
  TouchedMembership,
  UnrecordedChange,
  Watermarks,
} from './membership.ts';
export { NotBegunError } from './not-begun-error.ts';
export { inScope, type OperationScope, ownScope } from './operation-scope.ts';
export { decodePageCursor, encodePageCursor } from './page-cursor.ts';
export {
  type ChangeRecord,
  type ConversationChange,
  type EntryDraft,
  type EntryRecord,
  isChange,
  type MessageRecord,
  type PendingRecord,
  placeEntries,
} from './timeline-entry.ts';
export type { Credentials, NewUser, UserRecord } from './user.ts';
