export type {
  ConversationHints,
  ConversationRecord,
  NewConversation,
  TouchedConversation,
} from './conversations.ts';
export { connectDatabase, type Database, type DatabaseOptions } from './database.ts';
export { DuplicateKeyError } from './duplicate-key.ts';
export { newId } from './ids.ts';
export { isUnavailable } from './is-unavailable.ts';
export type {
  MembershipRecord,
  MembershipStatus,
  NewMembership,
  TouchedMembership,
  UnrecordedChange,
  Watermarks,
} from './memberships.ts';
export { decodePageCursor, encodePageCursor } from './page-cursor.ts';
export {
  type ChangeRecord,
  type EntryDraft,
  type EntryRecord,
  isChange,
  type MessageRecord,
  placeEntries,
} from './timeline-entry.ts';
export type { NewUser, UserRecord } from './users.ts';
