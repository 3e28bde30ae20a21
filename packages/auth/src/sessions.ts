import { Lucia, TimeSpan } from 'lucia';
import { luciaAdapter, luciaTime } from './lucia-adapter.ts';
import { sessionLifetimeDays } from './session-cookie.ts';
import {
  lastUsedGranularityMs,
  type SessionRecord,
  type SessionStore,
  type SessionUser,
} from './session-store.ts';
import { hashToken, isToken, newToken } from './session-token.ts';

export interface SessionsOptions {
  readonly store: SessionStore;
  /** Milliseconds since 1970; for tests. */
  readonly clock?: () => number;
  /**
   * A valid session could not be prolonged, or a dead one not be cleaned away. The answer stays right without that
   * write, and a database that is full must not sign everybody out; but somebody has to hear of it.
   */
  readonly onWriteFailed: (error: unknown) => void;
}

export interface ValidSession {
  readonly session: SessionRecord;
  readonly user: SessionUser;
  /** Its end has just moved: a browser needs the cookie again. */
  readonly fresh: boolean;
}

/** Sessions of 30 days, prolonged by use in their second half. */
export interface Sessions {
  /** Always a new token, whatever the request carried (no fixation). It is shown here once and kept nowhere. */
  create(of: {
    userId: string;
    userAgent: string | null;
    ip: string | null;
  }): Promise<{ token: string; session: SessionRecord }>;
  /** Null for what opens nothing: malformed (without a query), unknown, expired, revoked, or of a user who is gone. */
  validate(token: string): Promise<ValidSession | null>;
  /** Which of these sessions, by id, still stand; one query per 1,000, whoever they belong to. */
  living(sessionIds: readonly string[]): Promise<Set<string>>;
  /** By the session's id. Resolves also when there is none. */
  revoke(sessionId: string): Promise<void>;
  /** All of a user's sessions but `except`; returns the ids of those that were revoked. */
  revokeAll(userId: string, except?: string): Promise<string[]>;
  /** The live sessions of a user, latest use first. */
  list(userId: string): Promise<SessionRecord[]>;
  /** Cleans away what has expired; validity never waits for it. */
  deleteExpired(): Promise<void>;
}

const idsPerQuery = 1_000;
const lifetime = new TimeSpan(sessionLifetimeDays, 'd');

/** Sessions on lucia, kept in a store. */
export function createSessions({ store, clock = Date.now, onWriteFailed }: SessionsOptions): Sessions {
  const { fromLucia } = luciaTime(clock);
  const lucia = new Lucia(luciaAdapter({ store, clock, onWriteFailed }), {
    sessionExpiresIn: lifetime,
    getSessionAttributes: ({ record }) => ({ record }),
    getUserAttributes: ({ name, role }) => ({ name, role }),
  });

  async function noteUse(session: SessionRecord): Promise<SessionRecord> {
    const lastUsedAt = new Date(clock());
    if (lastUsedAt.getTime() - session.lastUsedAt.getTime() < lastUsedGranularityMs) return session;
    await store.updateExpiry(session.id, { expiresAt: session.expiresAt, lastUsedAt }).catch(onWriteFailed);
    return { ...session, lastUsedAt };
  }

  return {
    create: async ({ userId, userAgent, ip }) => {
      const token = newToken();
      const createdAt = new Date(clock());
      const expiresAt = new Date(createdAt.getTime() + lifetime.milliseconds());
      const record = {
        id: hashToken(token),
        userId,
        createdAt,
        expiresAt,
        lastUsedAt: createdAt,
        userAgent,
        ip,
      };
      await lucia.createSession(userId, { record }, { sessionId: record.id });
      return { token, session: record };
    },
    validate: async (token) => {
      if (!isToken(token)) return null;
      const { session, user } = await lucia.validateSession(hashToken(token));
      if (session === null) return null;
      const { record, fresh } = session;
      return {
        session: fresh
          ? { ...record, expiresAt: fromLucia(session.expiresAt), lastUsedAt: new Date(clock()) }
          : await noteUse(record),
        user: { id: user.id, name: user.name, role: user.role },
        fresh,
      };
    },
    living: async (sessionIds) => {
      const living = new Set<string>();
      for (let start = 0; start < sessionIds.length; start += idsPerQuery) {
        const ids = sessionIds.slice(start, start + idsPerQuery);
        for (const id of await store.findLiving(ids, new Date(clock()))) living.add(id);
      }
      return living;
    },
    revoke: (sessionId) => store.deleteByHash(sessionId),
    revokeAll: (userId, except) => store.deleteByUser(userId, except),
    list: async (userId) => {
      const sessions = await lucia.getUserSessions(userId);
      return sessions
        .map(({ record }) => record)
        .sort((left, right) => right.lastUsedAt.getTime() - left.lastUsedAt.getTime());
    },
    deleteExpired: () => lucia.deleteExpiredSessions(),
  };
}
