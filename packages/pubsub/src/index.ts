export { connectPubsub, type PubsubOptions } from './connect-pubsub.ts';
export type { Limiter, LimiterOptions } from './limiter.ts';
export type { Pacer, Turn } from './pacer.ts';
export type { Lease, OfflineUser, Presence } from './presence.ts';
export type { ConnectionState, EventListener, Pubsub, Unsubscribe } from './pubsub.ts';
