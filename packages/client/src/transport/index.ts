export type { Api } from './api.ts';
export { boundedSocket } from './bounded-socket.ts';
export { connectLinks } from './connect-links.ts';
export { httpLink } from './http-link.ts';
export { keepSubscribed } from './keep-subscribed.ts';
export { detailsOf, refusalOf } from './refusal.ts';
export { createSyncTransport } from './sync-transport.ts';
