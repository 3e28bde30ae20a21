import type { LoggedEntry, Snapshot } from '../checker/log.ts';
import { loggedEntry } from './logged-entry.ts';
import type { User } from './user.ts';

const pageEntries = 100;

/** The whole log of a conversation over the API, page by page, without packages/sync. */
export async function readSnapshot(user: User, conversationId: string): Promise<Snapshot> {
  const entries: LoggedEntry[] = [];
  let before: number | undefined;
  do {
    const page = await user.api.messages.page.query({
      conversationId,
      limit: pageEntries,
      ...(before !== undefined && { before }),
    });
    entries.unshift(...page.entries.map(loggedEntry));
    before = page.entries[0]?.rev;
  } while (before !== undefined && before > 1);
  return { conversationId, entries };
}
