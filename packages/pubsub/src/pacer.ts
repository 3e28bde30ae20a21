/** A turn that somebody asks for. */
export interface Turn {
  /** What it is for: who asks again for the same has the turn already. Without spaces. */
  readonly by: string;
  /** How long after the turn before. */
  readonly intervalMs: number;
}

/**
 * One turn per key and interval, over all processes; while Redis is away, over this process. The interval is that of
 * whoever asks: made shorter, it holds from the next turn on, however long it was at the last one.
 */
export interface Pacer {
  /** The milliseconds to wait; 0: granted. Never rejects. */
  take(key: string, turn: Turn): Promise<number>;
}

/** Of the last turn: what it was for, and when it was granted (ms). */
interface Last {
  readonly by: string;
  readonly at: number;
}

/** Whole milliseconds to wait. A time that lies ahead comes from a clock that was set back, and must lock nobody out. */
export function waitMs(last: Last | undefined, { by, intervalMs }: Turn, now: number): number {
  if (!last || last.by === by || last.at > now) return 0;
  return Math.max(0, Math.ceil(last.at + intervalMs - now));
}

/**
 * The same on Redis' clock. KEYS: the turn's key. ARGV: what it is for, the interval in ms. Returns the milliseconds to
 * wait; 0 is granted.
 */
export const turnScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = redis.call('GET', KEYS[1])
if last then
  local by, at = string.match(last, '^(%S+) (%d+)$')
  if by == ARGV[1] then return 0 end
  local wait = tonumber(at) + tonumber(ARGV[2]) - now
  if tonumber(at) <= now and wait > 0 then return wait end
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. string.format('%.0f', now), 'PX', ARGV[2])
return 0
`;
