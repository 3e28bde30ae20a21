import { limits } from '@confab/contract';
import { addressKey, type Core } from '@confab/core';
import type { SeenSessions } from './seen-sessions.ts';

/** What is known of an HTTP request before anything is done for it. */
export interface Asked {
  readonly path: string;
  readonly token: string | null;
  readonly address: string;
  /** In bytes, as the request says; Infinity where it does not say, 0 for none. */
  readonly bodyBytes: number;
}

/**
 * Charges a request before the entry works for it. A page is charged to the person, where this process knows whose the
 * session is, and so is a body, which may be refused once it was read; whatever else is asked for, to the address: bodies,
 * documents, pages of strangers. Calls of people pay for themselves. Probes have an account of their own at each address:
 * they never miss what others used up.
 * @throws ConfabError RATE_LIMITED
 */
export async function admit({ core, seen }: { core: Core; seen: SeenSessions }, asked: Asked): Promise<void> {
  const { reads, strangers } = core.limits;
  const key = addressKey(asked.address);
  const userId = seen.whose(asked.token);
  const isCall = asked.path.startsWith('/api/');
  if (asked.path === '/healthz') await strangers.consume(`health:${key}`);
  else if (userId === null) await strangers.consume(key, isCall ? 1 : limits.pageRenderPoints);
  else if (!isCall) await reads.consume(userId, limits.pageRenderPoints);
  else if (asked.bodyBytes > 0) await reads.consume(userId, bodyPoints(asked.bodyBytes));
}

function bodyPoints(bytes: number): number {
  return Math.ceil(Math.min(bytes, limits.messageBytesMax) / limits.bodyBytesPerPoint);
}
