export { createSync } from './create-sync.ts';
export type { SyncOptions } from './delivery.ts';
export type * from './store.ts';
export type * from './sync.ts';
export type * from './transport.ts';
export type * from './views.ts';
