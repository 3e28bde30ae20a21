import type { EntryDraft, EntryRecord } from '@confab/db';
import type { Core } from '../core.ts';
import { ConversationLog } from './conversation-log.ts';
import type { MemberCacheParts } from './member-cache.ts';

/**
 * What its sender must have when an entry takes its place. `membership`; `voice`: membership that no moderator
 * silenced, where neither of two people blocks the other, and messages and edits keep to the room's slow mode;
 * `moderation`: more than a plain member's role. `nothing`: the system's own entry.
 */
export type Need = 'nothing' | 'membership' | 'voice' | 'moderation';

export interface AppendRequest {
  readonly conversationId: string;
  readonly draft: EntryDraft;
  readonly needs: Need;
}

export type LogParts = Pick<Core, 'db' | 'log' | 'announce'> & MemberCacheParts;

/** The part of an entry that other processes' appends tell about. */
export type SeenEntry = Pick<EntryRecord, 'rev'> & { readonly kind: string };

/** Above this many, logs that nobody is writing to are forgotten; they cost one read to have again. */
const idleLogsMax = 5_000;

/** This process's writers: one queue per conversation. */
export interface TimelineWriter {
  /**
   * Appends one entry and returns it as stored. A draft whose client id is stored already returns the stored entry.
   * Resolves only once the entry and the conversation's hints are durable.
   * @throws ConfabError NOT_FOUND (not a member), BLOCKED, SILENCED, SLOW_MODE, FORBIDDEN (no moderator),
   * REACTIONS_FULL, CLIENT_ID_REUSED, UNAVAILABLE (unknown whether it was stored: retry)
   */
  append(request: AppendRequest): Promise<EntryRecord>;
  /** Takes note of entries that another process published, so that the next append need not collide with them. */
  observe(conversationId: string, entries: readonly SeenEntry[]): void;
}

export function createTimelineWriter(
  parts: Pick<Core, 'db' | 'log' | 'announce' | 'pubsub' | 'now'>,
): TimelineWriter {
  const deps = { ...parts, slowMode: parts.pubsub.pacer('slow-mode') };
  const logs = new Map<string, ConversationLog>();

  function logOf(conversationId: string): ConversationLog {
    let log = logs.get(conversationId);
    if (!log) {
      log = new ConversationLog(conversationId, deps);
      logs.set(conversationId, log);
      if (logs.size > idleLogsMax) forgetIdle(logs);
    }
    return log;
  }

  return {
    append: ({ conversationId, draft, needs }) => logOf(conversationId).append(draft, needs),
    observe(conversationId, entries) {
      // A conversation that this process has not written to learns its head when it first does.
      logs.get(conversationId)?.observe(entries);
    },
  };
}

function forgetIdle(logs: Map<string, ConversationLog>): void {
  for (const [id, log] of logs) {
    if (logs.size <= idleLogsMax / 2) return;
    if (log.idle) logs.delete(id);
  }
}
