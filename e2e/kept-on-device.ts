import type { Page } from '@playwright/test';

/** What a browser keeps of somebody: everything in their database, or null when there is none. */
export interface KeptOnDevice {
  /** The texts of what is not sent yet, in order. */
  readonly unsent: readonly string[];
  /** What is written and not sent, in no order. */
  readonly drafts: readonly string[];
  /** Everything else, as JSON: conversations and messages. */
  readonly cache: string;
}

/** Reads it as another page of the same origin would; the page's own connections stay open. */
export function keptOnDevice(page: Page, userId: string): Promise<KeptOnDevice | null> {
  return page.evaluate(async (name) => {
    if (!(await indexedDB.databases()).some((database) => database.name === name)) return null;
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('failed'));
        };
      });
    const db = await done(indexedDB.open(name));
    const all = (store: string) =>
      done(db.transaction(store).objectStore(store).getAll() as IDBRequest<unknown[]>);
    const outbox = (await all('outbox')) as { outgoing: { text: string } }[];
    const drafts = (await all('drafts')) as { text: string }[];
    const cache = JSON.stringify([await all('conversations'), await all('ranges')]);
    db.close();
    return {
      unsent: outbox.map(({ outgoing }) => outgoing.text),
      drafts: drafts.map(({ text }) => text),
      cache,
    };
  }, `confab:${userId}`);
}
