import type { SessionRecord, SessionStore, SessionUser } from '../src/index.ts';

/** A store in memory that counts its calls, and can be told to refuse writes. */
export function createMemoryStore() {
  const sessions = new Map<string, SessionRecord>();
  const users = new Map<string, SessionUser>();
  const calls: (keyof SessionStore)[] = [];
  const state = { full: false };
  const note = (name: keyof SessionStore, write: boolean): void => {
    calls.push(name);
    if (write && state.full) throw new Error('the disk is full');
  };
  const store: SessionStore = {
    find: async (tokenHash) => {
      note('find', false);
      const session = sessions.get(tokenHash);
      return session === undefined ? null : { session, user: users.get(session.userId) ?? null };
    },
    insert: async (session) => {
      note('insert', true);
      sessions.set(session.id, session);
    },
    deleteByHash: async (tokenHash) => {
      note('deleteByHash', true);
      sessions.delete(tokenHash);
    },
    deleteByUser: async (userId, except) => {
      note('deleteByUser', true);
      const doomed = [...sessions.values()].filter(
        (session) => session.userId === userId && session.id !== except,
      );
      for (const { id } of doomed) sessions.delete(id);
      return doomed.map(({ id }) => id);
    },
    findLiving: async (tokenHashes, { now, since }) => {
      note('findLiving', false);
      return tokenHashes.filter((hash) => {
        const session = sessions.get(hash);
        return session !== undefined && session.expiresAt > now && session.createdAt > since;
      });
    },
    listByUser: async (userId) => {
      note('listByUser', false);
      return [...sessions.values()].filter((session) => session.userId === userId);
    },
    updateExpiry: async (tokenHash, dates) => {
      note('updateExpiry', true);
      const session = sessions.get(tokenHash);
      if (session !== undefined) sessions.set(tokenHash, { ...session, ...dates });
    },
    deleteExpired: async (now) => {
      note('deleteExpired', true);
      for (const { id, expiresAt } of [...sessions.values()]) if (expiresAt <= now) sessions.delete(id);
    },
  };
  return { store, sessions, users, calls, state };
}
