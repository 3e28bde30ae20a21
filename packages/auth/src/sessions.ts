import { limits } from '@confab/contract';
import { Lucia, TimeSpan } from 'lucia';
import { luciaAdapter, luciaTime } from './lucia-adapter.ts';
import { absoluteEnd, earlier, firstStanding, sessionLifetimeDays } from './session-lifetime.ts';
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
}

/** Sessions of 30 days, prolonged by use in their second half, up to 90 days in all. */
export interface Sessions {
  /**
   * Always a new token, whatever the request carried (no fixation). It is shown here once and kept nowhere. Whoever has
   * more sessions than a person may have loses those that were not used for longest: their ids are `ended`.
   */
  create(of: {
    userId: string;
    userAgent: string | null;
    ip: string | null;
  }): Promise<{ token: string; session: SessionRecord; ended: string[] }>;
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
const lifetime = new TimeSpan(sessionLifetimeDays.idle, 'd');

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

  /** Up to its absolute end; null where it stands there already. */
  async function prolong(session: SessionRecord, until: Date): Promise<SessionRecord | null> {
    const expiresAt = earlier(until, absoluteEnd(session.createdAt));
    if (expiresAt <= session.expiresAt) return null;
    const dates = { expiresAt, lastUsedAt: new Date(clock()) };
    await store.updateExpiry(session.id, dates).catch(onWriteFailed);
    return { ...session, ...dates };
  }

  /** After the new one is stored: of several sign-ins at once the last to look sees them all. */
  async function endExcess(userId: string, newest: string): Promise<string[]> {
    const others = latestFirst(await store.listByUser(userId)).filter(({ id }) => id !== newest);
    const ended = others.slice(limits.sessionsPerUserMax - 1).map(({ id }) => id);
    for (const id of ended) await store.deleteByHash(id);
    return ended;
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
      return { token, session: record, ended: await endExcess(userId, record.id) };
    },
    validate: async (token) => {
      if (!isToken(token)) return null;
      const { session, user } = await lucia.validateSession(hashToken(token));
      if (session === null) return null;
      const { record, fresh } = session;
      const prolonged = fresh ? await prolong(record, fromLucia(session.expiresAt)) : null;
      return {
        session: prolonged ?? (await noteUse(record)),
        user: { id: user.id, name: user.name, role: user.role },
      };
    },
    living: async (sessionIds) => {
      const living = new Set<string>();
      const now = new Date(clock());
      const dates = { now, since: firstStanding(now) };
      for (let start = 0; start < sessionIds.length; start += idsPerQuery) {
        const ids = sessionIds.slice(start, start + idsPerQuery);
        for (const id of await store.findLiving(ids, dates)) living.add(id);
      }
      return living;
    },
    revoke: (sessionId) => store.deleteByHash(sessionId),
    revokeAll: (userId, except) => store.deleteByUser(userId, except),
    list: async (userId) => {
      const sessions = await lucia.getUserSessions(userId);
      return latestFirst(sessions.map(({ record }) => record));
    },
    deleteExpired: () => lucia.deleteExpiredSessions(),
  };
}

function latestFirst(sessions: readonly SessionRecord[]): SessionRecord[] {
  return sessions.toSorted((left, right) => right.lastUsedAt.getTime() - left.lastUsedAt.getTime());
}
