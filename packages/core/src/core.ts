import type { Passwords, Sessions } from '@confab/auth';
import type { Database } from '@confab/db';
import type { Log } from '@confab/log';
import type { Limiter, Pubsub } from '@confab/pubsub';
import { type Announce, createAnnounce } from './live/announce.ts';
import { createDeliveryLog, type DeliveryLog } from './live/delivery-log.ts';
import { createTimelineWriter, type TimelineWriter } from './timeline/timeline-writer.ts';

/** Who acts: the user behind a valid session. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  /** The hash of the session's token. */
  readonly sessionId: string;
}

export interface CoreParts {
  readonly db: Database;
  readonly pubsub: Pubsub;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly log: Log;
  /** The server's clock; tests pass their own. */
  readonly now?: () => Date;
}

/** What every action works with; one per process. */
export interface Core extends Omit<CoreParts, 'now'> {
  readonly now: () => Date;
  readonly timeline: TimelineWriter;
  readonly announce: Announce;
  readonly deliveries: DeliveryLog;
  readonly limits: Limits;
}

/** Each of guarantees.md's limits, counted over all processes. */
export interface Limits {
  readonly messages: Limiter;
  readonly userSearches: Limiter;
  readonly registrations: Limiter;
  readonly signInsPerAccount: Limiter;
  readonly signInsPerAddress: Limiter;
  readonly creations: Limiter;
}

export function createCore({ now = () => new Date(), ...parts }: CoreParts): Core {
  const announce = createAnnounce(parts);
  return {
    ...parts,
    now,
    announce,
    deliveries: createDeliveryLog(parts.log),
    timeline: createTimelineWriter({ ...parts, announce }),
    limits: createLimits(parts.pubsub),
  };
}

function createLimits(pubsub: Pubsub): Limits {
  /** `points` at once, and one more every `everyMs`. */
  const limiter = (name: string, points: number, everyMs: number) =>
    pubsub.limiter({ name, points, windowMs: points * everyMs });
  return {
    messages: limiter('messages', 60, 1_000),
    userSearches: limiter('user-searches', 30, 1_000),
    registrations: limiter('registrations', 5, 60_000),
    signInsPerAccount: limiter('sign-ins-account', 5, 6_000),
    signInsPerAddress: limiter('sign-ins-address', 30, 5_000),
    creations: limiter('creations', 20, 5_000),
  };
}
