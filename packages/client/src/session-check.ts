import type { Api } from './transport/api.ts';
import { detailsOf } from './transport/refusal.ts';

/** A socket that is refused comes back several times a second. */
const pauseMs = 2_000;

/** Asks whether the session of these calls has ended: at most once in two seconds, false for what is not known. */
export function sessionCheck(api: Api): () => Promise<boolean> {
  let askedAt = -Infinity;
  return async () => {
    const now = performance.now();
    if (now - askedAt < pauseMs) return false;
    askedAt = now;
    try {
      await api.auth.me.query();
      return false;
    } catch (error) {
      return detailsOf(error)?.code === 'UNAUTHENTICATED';
    }
  };
}
