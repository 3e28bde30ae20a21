export { type RunningStore, type StartOptions, startStore } from './start-store.ts';
export { StartError, type StartErrorCode } from './storage/data-lock.ts';
