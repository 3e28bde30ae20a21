export { createWorld, type Faults, type Person, testOrigin, type World, type WorldOptions } from './world.ts';
export { type OwnRedis, startOwnRedis } from './own-redis.ts';
export { liveFeed, type LiveFeed } from './live-feed.ts';
export { refusal } from './refusal.ts';
export { settled } from './settled.ts';
