import type { EntryDraft, EntryRecord } from '@confab/db';
import type { Core } from '../core.ts';
import { ConversationLog } from './conversation-log.ts';

export interface AppendRequest {
  readonly conversationId: string;
  readonly draft: EntryDraft;
  /** `sender`: refused unless the sender is a member when the entry takes its place. `nobody`: the system's own. */
  readonly mustBeMember: 'sender' | 'nobody';
}

/** The part of an entry that other processes' appends tell about. */
export type SeenEntry = Pick<EntryRecord, 'rev'> & { readonly kind: string };

/** Above this many, logs that nobody is writing to are forgotten; they cost one read to have again. */
const idleLogsMax = 5_000;

/** This process's writers: one queue per conversation. */
export interface TimelineWriter {
  /**
   * Appends one entry and returns it as stored. A draft whose client id is stored already returns the stored entry.
   * Resolves only once the entry and the conversation's hints are durable.
   * @throws ConfabError NOT_FOUND (not a member), CLIENT_ID_REUSED, UNAVAILABLE (unknown whether it was stored: retry)
   */
  append(request: AppendRequest): Promise<EntryRecord>;
  /** Takes note of entries that another process published, so that the next append need not collide with them. */
  observe(conversationId: string, entries: readonly SeenEntry[]): void;
}

export function createTimelineWriter(deps: Pick<Core, 'db' | 'log' | 'announce'>): TimelineWriter {
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
    append: ({ conversationId, draft, mustBeMember }) => logOf(conversationId).append(draft, mustBeMember),
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
