import type { Passwords, Sessions } from '@confab/auth';
import type { Database } from '@confab/db';
import type { Log } from '@confab/log';
import type { Limiter, Pubsub } from '@confab/pubsub';
import { type Background, createBackground } from './background.ts';
import { type ChangeApplier, createChangeApplier } from './changes/change-applier.ts';
import { type Announce, createAnnounce } from './live/announce.ts';
import { createLive, type Live, type LiveTiming } from './live/live.ts';
import { TypingNotes } from './live/typing-notes.ts';
import { createSenderMarks, type SenderMarks } from './messages/sender-marks.ts';
import { PresenceTrust } from './presence/presence-trust.ts';
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
  /** For how long people may delete what they wrote for everyone; 0: for ever. Two days by default. */
  readonly deleteWindowMs?: number;
}

/** What every action works with; one per process. */
export interface Core extends Required<CoreParts> {
  readonly timeline: TimelineWriter;
  readonly changes: ChangeApplier;
  readonly senderMarks: SenderMarks;
  readonly background: Background;
  readonly announce: Announce;
  readonly live: Live;
  readonly typing: TypingNotes;
  readonly presenceTrust: PresenceTrust;
  readonly limits: Limits;
}

/** Each of guarantees.md's limits, counted over all processes. */
export interface Limits {
  readonly messages: Limiter;
  readonly changes: Limiter;
  readonly marks: Limiter;
  readonly userSearches: Limiter;
  readonly registrations: Limiter;
  readonly signInsPerAccount: Limiter;
  readonly signInsPerAddress: Limiter;
  readonly creations: Limiter;
  readonly joins: Limiter;
  readonly typing: Limiter;
  readonly passwordChecks: Limiter;
  readonly settings: Limiter;
  readonly reports: Limiter;
  readonly invitations: Limiter;
}

const twoDaysMs = 48 * 3_600_000;

export function createCore({
  now = () => new Date(),
  deleteWindowMs = twoDaysMs,
  timing,
  ...parts
}: CoreParts & { readonly timing?: LiveTiming | undefined }): Core {
  const announce = createAnnounce(parts);
  const background = createBackground(parts.log);
  const timeline = createTimelineWriter({ ...parts, announce, now });
  return {
    ...parts,
    now,
    deleteWindowMs,
    announce,
    background,
    changes: createChangeApplier({ ...parts, now, background }),
    senderMarks: createSenderMarks({ ...parts, background }),
    timeline,
    live: createLive({ ...parts, timeline }, timing),
    typing: new TypingNotes(timing),
    presenceTrust: new PresenceTrust(parts.pubsub, timing),
    limits: createLimits(parts.pubsub),
  };
}

function createLimits(pubsub: Pubsub): Limits {
  /** `points` at once, and one more every `everyMs`. */
  const limiter = (name: string, points: number, everyMs: number) =>
    pubsub.limiter({ name, points, windowMs: points * everyMs });
  return {
    messages: limiter('messages', 60, 1_000),
    changes: limiter('changes', 60, 1_000),
    // Only what rises counts; a device that comes back raises every conversation at once.
    marks: limiter('marks', 600, 200),
    userSearches: limiter('user-searches', 30, 1_000),
    registrations: limiter('registrations', 5, 60_000),
    signInsPerAccount: limiter('sign-ins-account', 5, 6_000),
    signInsPerAddress: limiter('sign-ins-address', 30, 5_000),
    creations: limiter('creations', 20, 5_000),
    // Of one's own coming and going, each of which everybody there is told of.
    joins: limiter('joins', 30, 2_000),
    typing: limiter('typing', 30, 500),
    passwordChecks: limiter('password-checks', 5, 6_000),
    // Of one's own: preferences, blocks.
    settings: limiter('settings', 60, 1_000),
    reports: limiter('reports', 10, 10_000),
    invitations: limiter('invitations', 20, 3_000),
  };
}
