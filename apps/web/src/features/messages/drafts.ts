import { KeyedStore } from '../../lib/keyed-store.ts';

/** What is written and not sent, by conversation; kept while the page lives. An empty draft is none. */
export class Drafts extends KeyedStore<string> {
  write(conversationId: string, text: string): void {
    if (text === '') this.delete(conversationId);
    else this.set(conversationId, text);
  }
}
