import type { Entry } from '@confab/contract';
import type { Outgoing } from '../outgoing.ts';
import type { KeptDraft } from '../storage/sync-storage.ts';
import type { RefusedChange } from '../views.ts';

/** What the tabs of one user in one browser tell each other. */
export type TabMessage =
  /** Outgoing, kept on the device, in this form. */
  | { readonly type: 'outgoing'; readonly conversationId: string; readonly outgoing: Outgoing }
  /** It is in the log. */
  | {
      readonly type: 'stored';
      readonly conversationId: string;
      readonly epoch: string | null;
      readonly entry: Entry;
    }
  /** It was taken back, dropped or stored; nobody needs to send it. */
  | { readonly type: 'ended'; readonly conversationId: string; readonly clientId: string }
  | { readonly type: 'refused'; readonly refused: RefusedChange }
  | {
      readonly type: 'read';
      readonly conversationId: string;
      readonly epoch: string | null;
      readonly seq: number;
    }
  /** Written and not sent; an empty text is none. */
  | { readonly type: 'draft'; readonly draft: KeptDraft }
  /** The server's data was set back: what the tabs hold, and have kept for each other, is void. */
  | { readonly type: 'rewound' }
  /** The user signed out: nothing of theirs is kept on this device any more. */
  | { readonly type: 'erased' };

/** Raised when another version of this program in a sibling tab would misread it: such messages are passed over. */
export const tabMessageVersion = 1;
