/** A limit as the algorithm sees it: `points` at once, and one more every `intervalMs`. */
export interface Rate {
  readonly points: number;
  readonly intervalMs: number;
}

/**
 * The generic cell rate algorithm (ITU-T I.371): one number per key, the time at which all points will be back. It is
 * a token bucket without a timer, and exact where fixed windows let a double burst through at their seam.
 *
 * `cost` is taken, or given back when negative. Returns the key's new time, or how long to wait. A time further ahead
 * than a whole burst comes from a clock that was set back, and must lock nobody out.
 */
export function gcra(
  { points, intervalMs }: Rate,
  { fullAt, now, cost }: { fullAt: number | undefined; now: number; cost: number },
): { readonly fullAt: number } | { readonly waitMs: number } {
  const burstMs = points * intervalMs;
  const known = Math.min(Math.max(fullAt ?? now, now), now + burstMs);
  const next = known + cost * intervalMs;
  const waitMs = Math.ceil(next - burstMs - now);
  return waitMs > 0 ? { waitMs } : { fullAt: next };
}

/**
 * The same on Redis' clock, in whole microseconds. KEYS: the limit's key. ARGV: points, interval in µs, cost, and 1 to
 * keep the result. Returns the milliseconds to wait; 0 is granted.
 */
export const gcraScript = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local points, interval, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local burst = points * interval
local known = tonumber(redis.call('GET', KEYS[1]) or '') or now
known = math.min(math.max(known, now), now + burst)
local nextFullAt = known + cost * interval
local wait = nextFullAt - burst - now
if wait > 0 then return math.ceil(wait / 1000) end
if ARGV[4] == '1' then
  if nextFullAt > now then
    redis.call('SET', KEYS[1], string.format('%.0f', nextFullAt), 'PX', math.ceil((nextFullAt - now) / 1000))
  else
    redis.call('DEL', KEYS[1])
  end
end
return 0
`;
