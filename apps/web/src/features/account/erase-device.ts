/** In a chunk of its own: hardly any page of a stranger needs it. */
export { eraseDevice } from '@confab/sync';
