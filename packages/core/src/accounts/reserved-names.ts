import { nameKeys } from './name-keys.ts';

/** Names by which somebody could speak as the product, as who runs it, or to everybody. */
const reserved = [
  'abuse',
  'admin',
  'admins',
  'administrator',
  'administrators',
  'all',
  'anonymous',
  'channel',
  'confab',
  'deleted',
  'everybody',
  'everyone',
  'group',
  'guest',
  'help',
  'helpdesk',
  'here',
  'mod',
  'moderator',
  'moderators',
  'nobody',
  'noreply',
  'official',
  'operator',
  'owner',
  'postmaster',
  'room',
  'root',
  'security',
  'server',
  'service',
  'staff',
  'superuser',
  'support',
  'sysadmin',
  'system',
  'team',
  'unknown',
  'webmaster',
] as const;

/** The same name with the signs left out that hardly show: `a.d-min_`, `ádmin` and `adminʼ` read as `admin`. */
function withoutSigns(key: string): string {
  return key.normalize('NFD').replace(/[\p{M}._ʻ-]/gu, '');
}

const reservedKeys: ReadonlySet<string> = new Set(reserved.flatMap(nameKeys));

/** Whether nobody may be called so, in any case and in letters that look alike; who was before goes on. */
export function isReserved(keys: readonly string[]): boolean {
  return keys.some((key) => reservedKeys.has(withoutSigns(key)));
}
