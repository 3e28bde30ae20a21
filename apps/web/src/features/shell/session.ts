import type { Account } from '@confab/contract';
import { createSync, type Sync } from '@confab/sync';
import { connectClient, type Client } from '../../lib/client.ts';
import { detailsOf } from '../../lib/refusal.ts';
import { createSyncTransport } from '../../lib/sync-transport.ts';
import { Drafts } from '../messages/drafts.ts';
import { PresenceStore } from '../people/presence-store.ts';
import { UserDirectory } from '../people/user-directory.ts';

/** Everything that lives as long as somebody is signed in on this page. */
export interface Session {
  readonly account: Account;
  readonly client: Client;
  readonly sync: Sync;
  readonly presence: PresenceStore;
  readonly people: UserDirectory;
  readonly drafts: Drafts;
  /** Signs out on the server, then leaves. @throws what the server refused */
  readonly signOut: () => Promise<void>;
  readonly close: () => void;
}

const accountCheckPauseMs = 5_000;

/** A full load: nothing of the account stays in memory. */
function leave(): void {
  location.assign('/sign-in');
}

/** Opens the socket and begins to listen. */
export function openSession(account: Account): Session {
  let checkedAt = 0;
  // A refused upgrade looks to a browser like a broken network: the session itself has to be asked for.
  const checkAccount = async () => {
    if (Date.now() - checkedAt < accountCheckPauseMs) return;
    checkedAt = Date.now();
    await connection.client.auth.me.query().catch((error: unknown) => {
      if (detailsOf(error)?.code === 'UNAUTHENTICATED') leave();
    });
  };
  const connection = connectClient({ onSessionEnded: leave, onSocketLost: () => void checkAccount() });
  const { client } = connection;
  const sync = createSync({ transport: createSyncTransport(client), userId: account.id });
  const presence = new PresenceStore();
  const people = new UserDirectory(client);
  people.learn([account]);
  sync.start();
  const stopPresence = presence.start(client);
  return {
    account,
    client,
    sync,
    presence,
    people,
    drafts: new Drafts(),
    async signOut() {
      await client.auth.signOut.mutate();
      leave();
    },
    close() {
      sync.stop();
      stopPresence();
      people.close();
      connection.close();
    },
  };
}
