import { KeyedStore } from '../../lib/keyed-store.ts';

/** A message that is being changed in the composer. */
export interface Edit {
  readonly messageId: string;
  /** As it stands in the conversation. */
  readonly before: string;
  /** As it stands in the composer. */
  readonly text: string;
}

/** The message that is being changed, by conversation; kept while the page lives. The draft waits behind it. */
export class Edits extends KeyedStore<Edit> {
  begin(conversationId: string, messageId: string, text: string): void {
    this.set(conversationId, { messageId, before: text, text });
  }
}
