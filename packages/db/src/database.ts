import { limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { createConnection, type Connection, STATES } from 'mongoose';
import { answeredWithin } from './answered-within.ts';
import { createBlockStore } from './blocks.ts';
import { createConversationStore } from './conversations.ts';
import { FairGate, type GateBounds } from './fair-gate.ts';
import { gateDriver } from './gate-driver.ts';
import { readEpoch, readInstallation } from './facts.ts';
import { createInvitationStore } from './invitations.ts';
import { createMembershipStore } from './memberships.ts';
import { createReportStore } from './reports.ts';
import { createRevokedSessionStore } from './revoked-sessions.ts';
import { createSessionStore } from './sessions.ts';
import { createTimelineStore } from './timeline.ts';
import { createUserStore } from './users.ts';
import { createWriteCheck } from './write-check.ts';

export interface DatabaseOptions {
  /** MongoDB's connection string: one node, a replica set, or a sharded cluster. */
  readonly uri: string;
  /** Overrides the database named in the URI. */
  readonly dbName?: string;
  readonly log: Log;
  /** For tests: what the driver sends is then reported through the connection's client. */
  readonly monitorCommands?: boolean;
  /** How long a connection may be unused before it is closed; for tests. */
  readonly idleConnectionMs?: number;
  /** What stands before the driver; for tests, which open it. */
  readonly operations?: GateBounds | undefined;
}

const soundOperations: GateBounds = {
  atOnceMax: limits.databaseOperationsMax,
  atOncePerKeyMax: limits.databaseOperationsPerPersonMax,
  waitingMax: limits.databaseWaitingMax,
  waitingPerKeyMax: limits.databaseWaitingPerPersonMax,
};

/** Longer, and the database counts as away. */
const pingWaitMs = 3_000;

/**
 * Connects and makes every index: unique indexes are what arbitrates between processes, so nobody may write before
 * they exist.
 *
 * Whatever the URI says, writes are acknowledged by a majority's journal and reads see only such writes.
 */
export async function connectDatabase(options: DatabaseOptions) {
  const connection = await createConnection(options.uri, {
    ...(options.dbName !== undefined && { dbName: options.dbName }),
    ...(options.monitorCommands && { monitorCommands: true }),
    appName: 'confab',
    autoIndex: false,
    autoCreate: false,
    sanitizeFilter: true,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    serverSelectionTimeoutMS: 5_000,
    // An answer that takes longer counts as unknown; the caller retries under the same client id.
    socketTimeoutMS: 10_000,
    maxPoolSize: limits.databaseOperationsMax,
    // Connections that a peak opened are given back, and with them the database's memory for them.
    maxIdleTimeMS: options.idleConnectionMs ?? 30_000,
  }).asPromise();
  connection.on('error', (error: unknown) => {
    options.log.error('database.failed', { error });
  });

  const operations = new FairGate(options.operations ?? soundOperations);
  gateDriver(requireDb(connection), operations);

  const stores = {
    users: createUserStore(connection),
    sessions: createSessionStore(connection),
    revokedSessions: createRevokedSessionStore(connection),
    conversations: createConversationStore(connection),
    memberships: createMembershipStore(connection),
    invitations: createInvitationStore(connection),
    timeline: createTimelineStore(connection),
    blocks: createBlockStore(connection),
    reports: createReportStore(connection),
  };
  await Promise.all(Object.values(stores).map(({ model }) => model.createIndexes()));
  const [epoch, installation] = await Promise.all([readEpoch(connection), readInstallation(connection)]);

  return {
    ...stores,
    /** See {@link readEpoch}. */
    epoch,
    /** See {@link readInstallation}. */
    installation,
    /** What stands before the driver. */
    operations,
    /** For tests and tools: nothing of the product goes around the stores. */
    connection,
    /** @throws when no server answers */
    async ping(): Promise<void> {
      // Not in turn: whoever asks wants to know whether the database answers, and not how many wait for it.
      await answeredWithin(pingWaitMs, requireDb(connection).command({ ping: 1 }));
    },
    /** Whether the driver has a connection now, as far as it knows: asks nobody. */
    get isConnected(): boolean {
      return connection.readyState === STATES.connected;
    },
    checkWrites: createWriteCheck(connection, options),
    async close(): Promise<void> {
      await connection.close();
    },
  };
}

export type Database = Awaited<ReturnType<typeof connectDatabase>>;

function requireDb(connection: Connection) {
  if (!connection.db) throw new Error('the database connection is not open');
  return connection.db;
}
