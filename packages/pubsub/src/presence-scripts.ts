import { versionPrefix } from './wire.ts';

/**
 * Each script works on one presence shard and is atomic, on Redis' own clock: processes need not agree on the time.
 *
 * Whether somebody is online is whether they are in the set of online users, and nothing else. So exactly one script
 * run moves them in or out, and that run publishes it. Their score there is the end of their last lease.
 */
const prelude = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function publish(channel, userId, online)
  redis.call('PUBLISH', channel, string.format('${versionPrefix}{"userId":%s,"online":%s,"at":%.0f}',
    cjson.encode(userId), tostring(online), now))
end
`;

/**
 * A Redis that is full refuses what adds to it, but not to a script that has begun to write; so what is over is taken
 * away first, and people stay online.
 *
 * Keys outlive their content a little, and no longer: the set of online users has to survive until somebody sweeps it.
 */
const hold = `${prelude}
local leaseMs = tonumber(ARGV[1])
local expiry = string.format('%.0f', now + leaseMs)
local function dropExpired(leases) redis.call('ZREMRANGEBYSCORE', leases, '-inf', now) end
local function hold(leases, userId, connectionId)
  redis.call('ZADD', leases, expiry, connectionId)
  redis.call('PEXPIRE', leases, leaseMs * 2)
  if redis.call('ZADD', KEYS[1], 'GT', expiry, userId) == 1 then publish(ARGV[2], userId, true) end
end
local function keepOnline() redis.call('PEXPIRE', KEYS[1], leaseMs + 3600000) end
`;

/** KEYS: online users, then the leases of each user. ARGV: lease in ms, channel, then user id and connection id for each. */
export const renewScript = `${hold}
for i = 2, #KEYS do
  dropExpired(KEYS[i])
  hold(KEYS[i], ARGV[2 * i - 1], ARGV[2 * i])
end
keepOnline()
`;

/**
 * KEYS: online users, leases of the user. ARGV: lease in ms, channel, user id, connection id, leases at most. Returns 1,
 * or 0 when the user has that many others. A lease that missed its renewals, as those of a process do that was killed,
 * keeps nobody out for the rest of its time: it counts in its first half, and living ones never leave that.
 */
export const acquireScript = `${hold}
dropExpired(KEYS[2])
local others = redis.call('ZCOUNT', KEYS[2], now + leaseMs / 2, '+inf')
if others >= tonumber(ARGV[5]) and not redis.call('ZSCORE', KEYS[2], ARGV[4]) then return 0 end
hold(KEYS[2], ARGV[3], ARGV[4])
keepOnline()
return 1
`;

/** KEYS: online users, leases of the user. ARGV: channel, user id, connection id. Returns when they went offline, or nothing. */
export const releaseScript = `${prelude}
redis.call('ZREM', KEYS[2], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
if last[2] then
  redis.call('ZADD', KEYS[1], 'XX', last[2], ARGV[2])
  return false
end
if redis.call('ZREM', KEYS[1], ARGV[2]) == 0 then return false end
publish(ARGV[1], ARGV[2], false)
return now
`;

/** KEYS: online users. ARGV: channel, users at most. Returns when they went offline, and who. Their leases expire by themselves. */
export const sweepScript = `${prelude}
local expired = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, tonumber(ARGV[2]))
for _, userId in ipairs(expired) do
  redis.call('ZREM', KEYS[1], userId)
  publish(ARGV[1], userId, false)
end
return { now, expired }
`;
