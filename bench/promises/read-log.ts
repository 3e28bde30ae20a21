import type { Entry } from '@confab/contract';
import type { Account } from '../send/crowd.ts';

/** The whole log of a conversation, page by page. */
export async function readLog({ api }: Account, conversationId: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let before: number | undefined; ;) {
    const page = await api.messages.page({
      conversationId,
      limit: 100,
      ...(before !== undefined && { before }),
    });
    entries.unshift(...page.entries);
    const lowest = page.entries[0]?.rev;
    if (lowest === undefined || lowest <= page.from) return entries;
    before = lowest;
  }
}
