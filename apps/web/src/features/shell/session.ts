import { createSyncTransport, detailsOf } from '@confab/client/transport';
import type { Account } from '@confab/contract';
import { browserDevice, createSync, type Sync } from '@confab/sync';
import { connectClient, type Client } from '../../lib/client.ts';
import { text } from '../../lib/text.ts';
import { Value } from '../../lib/value.ts';
import { Drafts } from '../messages/drafts.ts';
import { Edits } from '../messages/edits.ts';
import { TypingStore } from '../messages/typing-store.ts';
import { BlockedPeople } from '../people/blocked-people.ts';
import { PresenceStore } from '../people/presence-store.ts';
import { UserDirectory } from '../people/user-directory.ts';
import { Problems } from './problems.ts';

interface OpenedProfile {
  readonly userId: string;
  readonly path: string;
}

/** Everything that lives as long as somebody is signed in on this page. */
export interface Session {
  readonly account: Account;
  readonly client: Client;
  readonly sync: Sync;
  readonly presence: PresenceStore;
  readonly people: UserDirectory;
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

const accountCheckPauseMs = 5_000;

/** A full load: nothing of the account stays in memory. */
function leave(path: '/sign-in' | '/sign-in?ended=1'): void {
  location.assign(path);
}

/** Opens the socket and begins to listen. */
export function openSession(account: Account): Session {
  let checkedAt = 0;
  let leaving = false;
  // Whoever ended this session from elsewhere wants this device to hold nothing of it.
  const onEnded = () => {
    if (leaving) return;
    leaving = true;
    void sync.erase().finally(() => {
      leave('/sign-in?ended=1');
    });
  };
  // A refused upgrade looks to a browser like a broken network: the session itself has to be asked for.
  const checkAccount = async () => {
    if (Date.now() - checkedAt < accountCheckPauseMs) return;
    checkedAt = Date.now();
    await connection.client.auth.me.query().catch((error: unknown) => {
      if (detailsOf(error)?.code === 'UNAUTHENTICATED') onEnded();
    });
  };
  const connection = connectClient({ onSessionEnded: onEnded, onSocketLost: () => void checkAccount() });
  const { client } = connection;
  const problems = new Problems();
  const blocked = new BlockedPeople(client);
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
    onErased: () => {
      leave('/sign-in');
    },
  });
  const presence = new PresenceStore();
  const people = new UserDirectory(client);
  people.learn([account]);
  const typing = new TypingStore(client);
  sync.start();
  const stopBlocked = blocked.start(sync.connection);
  const stopPresence = presence.start(client);
  // Whoever one talks to is known by name at once, whatever else has to be fetched.
  const stopLearning = sync.conversations.subscribe(() => {
    const { rows } = sync.conversations.get();
    people.learn(rows.flatMap(({ conversation: { peer } }) => (peer === null ? [] : [peer])));
  });
  return {
    account,
    client,
    sync,
    presence,
    people,
    blocked,
    openedProfile: new Value<OpenedProfile | null>(null),
    drafts: new Drafts(),
    edits: new Edits(),
    typing,
    problems,
    async signOut() {
      // The server closes the socket before it answers: that is no end of the session from elsewhere.
      leaving = true;
      try {
        await client.auth.signOut.mutate();
      } catch (error) {
        leaving = false;
        throw error;
      }
      await sync.erase();
      leave('/sign-in');
    },
    close() {
      sync.stop();
      stopPresence();
      stopLearning();
      stopBlocked();
      people.close();
      typing.close();
      connection.close();
    },
  };
}
