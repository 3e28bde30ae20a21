export { type Browser, openBrowser } from './browser.ts';
export { createWorld, type Faults, type Person, testOrigin, type World, type WorldOptions } from './world.ts';
export { type OwnRedis, startOwnRedis } from './own-redis.ts';
export { type OwnStore, startOwnStore } from './own-store.ts';
export { growsLinearly } from './growth.ts';
export { liveFeed, type LiveFeed } from './live-feed.ts';
export { refusal } from './refusal.ts';
export { scarceLimit } from './scarce-limit.ts';
export { settled } from './settled.ts';
