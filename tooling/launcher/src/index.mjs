// @ts-check
export { addressOf } from './address.mjs';
export { findChromium } from './chromium.mjs';
export { freePort } from './ports.mjs';
export { startProduct } from './product.mjs';
export { findRedis } from './redis-program.mjs';
export { startRedis } from './redis.mjs';
