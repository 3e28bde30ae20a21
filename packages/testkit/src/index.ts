export { createWorld, type Person, testOrigin, type World, type WorldOptions } from './world.ts';
export { liveFeed, type LiveFeed } from './live-feed.ts';
export { refusal } from './refusal.ts';
