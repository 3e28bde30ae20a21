/**
 * When the server said to come back, in milliseconds, by the reason it closed a socket with: `{"retryAfterMs":…}`; null
 * for any other reason.
 */
export function retryAfterOf(reason: string | undefined): number | null {
  if (!reason?.startsWith('{')) return null;
  try {
    const { retryAfterMs } = JSON.parse(reason) as { readonly retryAfterMs?: unknown };
    return typeof retryAfterMs === 'number' && Number.isFinite(retryAfterMs) ? retryAfterMs : null;
  } catch {
    // Some other reason, which only looks like it.
    return null;
  }
}
