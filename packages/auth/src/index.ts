export { createPasswords, type Passwords, type PasswordsOptions } from './passwords.ts';
export {
  clearedSessionCookie,
  readSessionToken,
  sessionCookie,
  sessionCookieName,
} from './session-cookie.ts';
export {
  lastUsedGranularityMs,
  type SessionRecord,
  type SessionStore,
  type SessionUser,
} from './session-store.ts';
export { publicSessionId } from './session-token.ts';
export { createSessions, type Sessions, type SessionsOptions, type ValidSession } from './sessions.ts';
