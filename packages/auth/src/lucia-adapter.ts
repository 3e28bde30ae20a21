import type { Adapter, DatabaseSession, Lucia } from 'lucia';
import { absoluteEnd, earlier } from './session-lifetime.ts';
import type { SessionRecord, SessionStore, SessionUser } from './session-store.ts';

/** Lucia looks at a session's id, user and end; the rest passes through it as this. */
interface SessionAttributes {
  readonly record: SessionRecord;
}
type UserAttributes = Omit<SessionUser, 'id'>;

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

/** Lucia reads the machine's clock directly; so its dates are shifted by the distance between that and ours. */
export function luciaTime(clock: () => number) {
  return {
    toLucia: (date: Date) => new Date(date.getTime() + (Date.now() - clock())),
    fromLucia: (date: Date) => new Date(date.getTime() - (Date.now() - clock())),
  };
}

interface LuciaAdapterOptions {
  readonly store: SessionStore;
  readonly clock: () => number;
  readonly onWriteFailed: (error: unknown) => void;
}

/** The session store as lucia wants it. Lucia's session id is the hash of the token, so lucia never sees a token. */
export function luciaAdapter({ store, clock, onWriteFailed }: LuciaAdapterOptions): Adapter {
  const { toLucia } = luciaTime(clock);
  const sessionOf = (stored: SessionRecord): DatabaseSession => {
    // A version before knew of no end in all.
    const record = { ...stored, expiresAt: earlier(stored.expiresAt, absoluteEnd(stored.createdAt)) };
    return {
      id: record.id,
      userId: record.userId,
      expiresAt: toLucia(record.expiresAt),
      attributes: { record },
    };
  };

  return {
    getSessionAndUser: async (sessionId) => {
      const found = await store.find(sessionId);
      if (found === null) return [null, null];
      const { session, user } = found;
      return [sessionOf(session), user && { id: user.id, attributes: { name: user.name, role: user.role } }];
    },
    getUserSessions: async (userId) => (await store.listByUser(userId)).map(sessionOf),
    setSession: ({ attributes }) => store.insert(attributes.record),
    // Lucia knows of no end in all: sessions.ts prolongs.
    updateSessionExpiration: () => Promise.resolve(),
    // For dead sessions that lucia has met. A revocation goes to the store itself, because it must not fail quietly.
    deleteSession: (sessionId) => store.deleteByHash(sessionId).catch(onWriteFailed),
    deleteUserSessions: async (userId) => {
      await store.deleteByUser(userId);
    },
    deleteExpiredSessions: () => store.deleteExpired(new Date(clock())),
  };
}
