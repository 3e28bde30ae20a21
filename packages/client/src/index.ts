export { ConfabError } from '@confab/contract';
export type { Account, Conversation, ErrorCode, MessageEntry, RoomListing } from '@confab/contract';
export { clientIdFrom } from './client-id-from.ts';
export type { Confab } from './confab.ts';
export { connect, type ConnectOptions } from './connect.ts';
export type { FollowOptions, LogEntry } from './follow.ts';
export { refusalOf } from './transport/refusal.ts';
export type { Api } from './transport/api.ts';
