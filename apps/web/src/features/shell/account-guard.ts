import type { Store } from '@confab/sync';
import { connectClient, type Client } from '../../lib/client.ts';
import { leaveForSignIn, type SessionEnd } from '../../lib/leave-for-sign-in.ts';
import { Value } from '../../lib/value.ts';
import { listenToTabs, onRestored, tellTabs } from './account-tabs.ts';
import { AccountWatch } from './account-watch.ts';
import { UpgradeWatch } from './upgrade-watch.ts';

export interface AccountGuardHost {
  readonly accountId: string;
  /** Ends everything that this page does, and leaves what the device keeps as it is. */
  stop(): void;
  /** Ends, and empties the device. */
  erase(): Promise<void>;
  /** Ends, and leaves to the device what is unsent. */
  keepUnsent(): Promise<void>;
  /** No socket ever opens, although the server answers over HTTP. */
  onNoUpgrade(): void;
}

/** A page's connection, as the account that it was opened for and nobody else. */
export interface AccountGuard {
  readonly client: Client;
  /** Events flow over a socket. */
  opened(): void;
  /** The browser is signed in as somebody else now: this page has stopped, for good. */
  readonly isOther: Store<boolean>;
  /** Signs out on the server, then leaves. @throws what the server refused */
  signOut(): Promise<void>;
  close(): void;
}

/** Connects, and watches that the browser's session stays this account's. */
export function guardAccount(host: AccountGuardHost): AccountGuard {
  const { accountId } = host;
  const isOther = new Value(false);
  let signingOut = false;
  let ended = false;
  const leave = (end: SessionEnd, forget: () => Promise<void>) => {
    // The server closes the socket before it answers a sign-out: that is no end from elsewhere.
    if (signingOut || ended) return;
    ended = true;
    void forget().finally(() => {
      leaveForSignIn(end);
    });
  };
  const onOther = () => {
    if (ended) return;
    ended = true;
    host.stop();
    isOther.set(true);
  };
  const connection = connectClient(accountId, {
    onOtherAccount: onOther,
    onSessionEnded: () => {
      watch.hasChanged();
    },
    // A refused upgrade looks to a browser like a broken network: the session itself has to be asked for.
    onSocketLost: () => {
      upgrades.lost();
      watch.mayHaveChanged();
    },
  });
  const { client } = connection;
  const upgrades = new UpgradeWatch(() => {
    host.onNoUpgrade();
  });
  const watch = new AccountWatch({
    client,
    onOther,
    onSame: () => {
      upgrades.answered();
    },
    onRevoked: () => {
      leave('revoked', () => host.erase());
    },
    onExpired: () => {
      leave('expired', () => host.keepUnsent());
    },
  });
  const stopListening = watchTabs(accountId, watch);
  return {
    client,
    isOther,
    opened: () => {
      upgrades.opened();
    },
    async signOut() {
      signingOut = true;
      try {
        await client.auth.signOut.mutate();
      } catch (error) {
        signingOut = false;
        throw error;
      }
      ended = true;
      await host.erase();
      leaveForSignIn();
    },
    close() {
      ended = true;
      stopListening();
      connection.close();
    },
  };
}

/** Returns how to stop. */
function watchTabs(accountId: string, watch: AccountWatch): () => void {
  tellTabs(accountId);
  const stops = [
    listenToTabs((openedFor) => {
      if (openedFor !== accountId) watch.hasChanged();
    }),
    onRestored(() => {
      watch.hasChanged();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
