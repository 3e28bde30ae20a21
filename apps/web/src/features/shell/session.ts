import { createSyncTransport } from '@confab/client/transport';
import type { Account } from '@confab/contract';
import { browserDevice, createSync, type Store, type Sync } from '@confab/sync';
import type { Client } from '../../lib/client.ts';
import { leaveForSignIn } from '../../lib/leave-for-sign-in.ts';
import { text } from '../../lib/text.ts';
import { Value } from '../../lib/value.ts';
import { forgetLastConversation } from '../conversations/last-conversation.ts';
import { ListOrder } from '../conversations/list-order.ts';
import { Drafts } from '../messages/drafts.ts';
import { Edits } from '../messages/edits.ts';
import { TypingStore } from '../messages/typing-store.ts';
import { BlockedPeople } from '../people/blocked-people.ts';
import { PresenceStore } from '../people/presence-store.ts';
import { UserDirectory } from '../people/user-directory.ts';
import { guardAccount } from './account-guard.ts';
import { Problems } from './problems.ts';

interface OpenedProfile {
  readonly userId: string;
  readonly path: string;
}

/** Everything that lives as long as somebody is signed in on this page. */
export interface Session {
  readonly account: Account;
  /** The browser is signed in as somebody else now: this page has stopped, for good. */
  readonly isOther: Store<boolean>;
  readonly client: Client;
  readonly sync: Sync;
  readonly presence: PresenceStore;
  readonly people: UserDirectory;
  /** Of the list of conversations. */
  readonly order: ListOrder;
  readonly blocked: BlockedPeople;
  /** Whose card is open, over which address. */
  readonly openedProfile: Value<OpenedProfile | null>;
  readonly drafts: Drafts;
  readonly edits: Edits;
  readonly typing: TypingStore;
  /** What sync has to say, for a toast each. */
  readonly problems: Problems;
  /** Signs out on the server, then leaves. @throws what the server refused */
  readonly signOut: () => Promise<void>;
  readonly close: () => void;
}

/** Opens the socket and begins to listen. */
export function openSession(account: Account): Session {
  const guard = guardAccount({
    accountId: account.id,
    stop: () => {
      close();
    },
    erase: () => {
      forgetLastConversation(account.id);
      return sync.erase();
    },
    keepUnsent: () => sync.keepUnsent(),
    onNoUpgrade: () => {
      problems.tell(text.noUpgrade);
    },
  });
  const { client } = guard;
  const problems = new Problems();
  const blocked = new BlockedPeople(client);
  const drafts = new Drafts();
  const sync = createSync({
    transport: createSyncTransport(client),
    userId: account.id,
    ...browserDevice(account.id),
    onRefused: ({ kind, error }) => {
      problems.tell(text.message.refused[kind](error.message));
    },
    onBlockChanged: ({ userId, blocked: isBlocked }) => {
      blocked.set(userId, isBlocked);
    },
    onUnreadable: (count) => {
      problems.tell(text.storage.unreadable(count));
    },
    onDraft: ({ conversationId, text: written }) => {
      drafts.found(conversationId, written);
    },
    onRewound: () => {
      problems.tell(text.storage.rewound);
    },
    onErased: () => {
      leaveForSignIn();
    },
  });
  drafts.keepIn(sync);
  const presence = new PresenceStore();
  const people = new UserDirectory(client);
  people.learn([account]);
  const typing = new TypingStore(client);
  sync.start();
  const stopBlocked = blocked.start(sync);
  const stopPresence = presence.start(client);
  const stopConnection = sync.connection.subscribe(() => {
    if (sync.connection.get() === 'online') guard.opened();
  });
  // Whoever one talks to is known by name at once, whatever else has to be fetched.
  const stopLearning = sync.conversations.subscribe(() => {
    const { rows } = sync.conversations.get();
    people.learn(rows.flatMap(({ conversation: { peer } }) => (peer === null ? [] : [peer])));
  });
  function close(): void {
    sync.stop();
    stopPresence();
    stopLearning();
    stopConnection();
    stopBlocked();
    people.close();
    typing.close();
    guard.close();
  }
  return {
    account,
    isOther: guard.isOther,
    client,
    sync,
    presence,
    people,
    order: new ListOrder(),
    blocked,
    openedProfile: new Value<OpenedProfile | null>(null),
    drafts,
    edits: new Edits(),
    typing,
    problems,
    signOut: () => guard.signOut(),
    close,
  };
}
