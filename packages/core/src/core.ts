import type { Passwords, Sessions } from '@confab/auth';
import { rates } from '@confab/contract';
import type { Database, FairGate } from '@confab/db';
import type { Log } from '@confab/log';
import type { Pubsub } from '@confab/pubsub';
import { createTurnsByKey, type TurnsByKey } from './accounts/turns-by-key.ts';
import { type Background, createBackground } from './background.ts';
import { createReadGate } from './calls/run-call.ts';
import { type ChangeApplier, createChangeApplier } from './changes/change-applier.ts';
import { type Announce, createAnnounce } from './live/announce.ts';
import { createLive, type Live, type LiveTiming } from './live/live.ts';
import { TypingNotes } from './live/typing-notes.ts';
import { createSenderMarks, type SenderMarks } from './messages/sender-marks.ts';
import { PresenceTrust } from './presence/presence-trust.ts';
import { createLimits, type Limits } from './rate-limits.ts';
import { createRefusalLog, type RefusalLog } from './refusal-log.ts';
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
  /** So many accounts at once may be made from one address. 30 by default. */
  readonly registrationsPerAddress?: number;
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
  /** By address: see register.ts. */
  readonly registering: TurnsByKey;
  readonly refusals: RefusalLog;
  /** See {@link createReadGate}. */
  readonly reads: FairGate;
}

const twoDaysMs = 48 * 3_600_000;

export function createCore({
  now = () => new Date(),
  deleteWindowMs = twoDaysMs,
  registrationsPerAddress = rates.registrations.points,
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
    registrationsPerAddress,
    announce,
    background,
    changes: createChangeApplier({ ...parts, now, background }),
    senderMarks: createSenderMarks({ ...parts, background }),
    timeline,
    live: createLive({ ...parts, timeline }, timing),
    typing: new TypingNotes(timing),
    presenceTrust: new PresenceTrust(parts.pubsub, timing),
    limits: createLimits(parts.pubsub, registrationsPerAddress),
    registering: createTurnsByKey(),
    refusals: createRefusalLog(parts.log, now),
    reads: createReadGate(),
  };
}
