import type { MessagePage } from '@confab/contract';

interface Wanted {
  readonly conversationId: string;
  readonly before?: number;
  readonly limit?: number;
}

/**
 * A page with as many entries as are wanted of it. The server ends one early whose messages are long; what is left is
 * asked for below it. Without a limit it may end anywhere.
 *
 * The messages are at least as the first answer's cursor says: those below were read later.
 */
export async function wholePage(
  ask: (input: Wanted) => Promise<MessagePage>,
  wanted: Wanted,
): Promise<MessagePage> {
  let page = await ask(wanted);
  if (wanted.limit === undefined) return page;
  for (;;) {
    const { epoch, entries, cursor } = page;
    const before = entries[0]?.rev;
    const limit = wanted.limit - entries.length;
    if (before === undefined || limit <= 0 || before <= page.from) return page;
    const below = await ask({ ...wanted, before, limit });
    // After a restore nothing of before means anything, and whoever asked sees that by the epoch.
    if (below.epoch !== epoch || below.entries.length === 0) return below.epoch === epoch ? page : below;
    page = { ...below, entries: [...below.entries, ...entries], cursor };
  }
}
