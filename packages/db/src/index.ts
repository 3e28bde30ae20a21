export type { ConversationHints, ConversationRecord, NewConversation } from './conversations.ts';
export { connectDatabase, type Database, type DatabaseOptions } from './database.ts';
export { DuplicateKeyError } from './duplicate-key.ts';
export { newId } from './ids.ts';
export type { MembershipRecord, MembershipStatus, NewMembership, UnrecordedChange } from './memberships.ts';
export { decodePageCursor, encodePageCursor } from './page-cursor.ts';
export { placeEntries, type EntryDraft, type EntryRecord } from './timeline.ts';
export type { NewUser, UserRecord } from './users.ts';
