export { isCommonPassword } from './common-passwords.ts';
export type { CookieNames } from './cookie-names.ts';
export { createCookies } from './cookies.ts';
export { hashDevice, keepDevice, knownDevice, type KnownDevice } from './devices.ts';
export { createPasswords, type Passwords, type PasswordsOptions } from './passwords.ts';
export {
  lastUsedGranularityMs,
  type SessionRecord,
  type SessionStore,
  type SessionUser,
} from './session-store.ts';
export { hashToken, publicSessionId } from './session-token.ts';
export { createSessions, type Sessions, type SessionsOptions, type ValidSession } from './sessions.ts';
