export interface LimiterOptions {
  /** Names the limit: two limiters of one name share their counts. */
  readonly name: string;
  /** The burst: so many at once. */
  readonly points: number;
  /** Over which all points come back, evenly: one every windowMs / points. "5 burst + 1/6 s" is 5 and 30,000. */
  readonly windowMs: number;
  /** Takes points in portions of so many: see {@link inPortions}. By default each point is asked for. */
  readonly portion?: number;
}

/**
 * A limit per key over all processes; while Redis is away, over this process.
 *
 * Where only failures shall count, consume first and refund on success. To check first and count afterwards would let
 * any number of simultaneous attempts through the check.
 */
export interface Limiter {
  /** Rejects with ConfabError('RATE_LIMITED', { retryAfterMs }), changing nothing, when fewer points are left. */
  consume(key: string, points?: number): Promise<void>;
  /** Gives points back that were consumed. */
  refund(key: string, points?: number): Promise<void>;
  /** Rejects like a `consume` of one point would, without consuming it. */
  peek(key: string): Promise<void>;
}
