import type { Timeline, TimelineItem } from '@confab/sync';
import { isSame } from '../checker/fold.ts';
import type { Applied, LoggedEntry } from '../checker/log.ts';
import { loggedEntry } from './logged-entry.ts';

type EntryItem = Extract<TimelineItem, { type: 'entry' }>;

/** Writes down how the entries of one timeline change. */
export class TimelineLog {
  readonly #conversationId: string;
  readonly #write: (applied: Applied) => void;
  #shown: readonly EntryItem[] = [];
  #status: Timeline['status'] = 'idle';

  constructor(conversationId: string, write: (applied: Applied) => void) {
    this.#conversationId = conversationId;
    this.#write = write;
  }

  get entries(): readonly LoggedEntry[] {
    return this.#shown.map(({ entry }) => loggedEntry(entry));
  }

  /** Ids of the messages that show a change which is not confirmed. */
  get changing(): string[] {
    return this.#shown.flatMap(({ changing, entry }) => (changing ? [entry.id] : []));
  }

  get last(): LoggedEntry | undefined {
    const last = this.#shown.at(-1);
    return last && loggedEntry(last.entry);
  }

  update({ items, status }: Timeline): void {
    const next = items.filter((item) => item.type === 'entry');
    const isLoaded = status === 'ready' && this.#status !== 'ready';
    const startsOver = this.#shown.length > 0 && (isLoaded || next.length === 0);
    const before = startsOver ? [] : this.#shown;
    this.#shown = next;
    this.#status = status;
    const conversationId = this.#conversationId;
    // Until its page is there a timeline shows nothing but own messages; the page may begin far above them.
    if (startsOver) this.#write({ conversationId, change: 'cleared' });
    // An unchanged row keeps its identity, and most are: only what lies behind the common start is compared.
    const changed = next.findIndex((item, i) => item !== before[i]);
    const start = changed === -1 ? next.length : changed;
    const old = new Map(before.slice(start).map(({ entry }) => [entry.rev, entry]));
    const appeared: LoggedEntry[] = [];
    for (const { entry } of next.slice(start)) {
      const was = old.get(entry.rev);
      old.delete(entry.rev);
      const logged = loggedEntry(entry);
      if (was === undefined) appeared.push(logged);
      else if (was !== entry && !isSame(loggedEntry(was), logged))
        this.#write({ conversationId, change: 'changed', entry: logged });
    }
    for (const rev of old.keys()) this.#write({ conversationId, change: 'vanished', rev });
    if (appeared.length > 0) this.#write({ conversationId, change: 'appeared', entries: appeared });
  }
}
