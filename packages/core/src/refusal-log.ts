import { type ErrorCode, limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { addressKey } from './address-key.ts';

/** Refusals of access: of somebody who may not do what they asked for, or may not even know of it. */
const accessCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BANNED',
  'BLOCKED',
  'NOT_ADDABLE',
  'SILENCED',
  'CROSS_SITE',
]);

export interface RefusedAccess {
  readonly code: ErrorCode;
  /** Of the procedure, or of what stood before it. */
  readonly path: string;
  readonly userId: string | null;
  readonly conversationId: string | null;
  readonly address: string;
}

/** Notes who was refused what: OWASP ASVS 7.1.3 and 7.2.2. */
export interface RefusalLog {
  /** One line, where the code is about access; nothing for what somebody repeats too often. */
  note(refused: RefusedAccess): void;
}

const windowMs = 60_000;
const pathLengthMax = 256;

/**
 * A bounded number of lines a minute, of each person (or address, for a stranger) and in all, so that nobody can fill the
 * log, or push others' lines out of it. What was left out is counted, and told with the first line of a later minute.
 */
export function createRefusalLog(log: Log, now: () => Date): RefusalLog {
  let windowStart = 0;
  let lines = 0;
  let omitted = 0;
  const linesOf = new Map<string, number>();

  function turnWindow(): void {
    const at = now().getTime();
    // Also where the clock was set back.
    if (Math.abs(at - windowStart) < windowMs) return;
    if (omitted > 0) log.warn('access.refusalsOmitted', { count: omitted });
    windowStart = at;
    lines = 0;
    omitted = 0;
    linesOf.clear();
  }

  return {
    note({ code, path, userId, conversationId, address }) {
      if (!accessCodes.has(code)) return;
      turnWindow();
      const whose = userId ?? addressKey(address);
      const own = linesOf.get(whose) ?? 0;
      if (lines >= limits.refusalLinesPerMinute || own >= limits.refusalLinesPerPersonAndMinute) {
        omitted += 1;
        return;
      }
      lines += 1;
      linesOf.set(whose, own + 1);
      log.warn('access.refused', {
        code,
        path: path.slice(0, pathLengthMax),
        userId,
        conversationId,
        address,
      });
    },
  };
}
