import type { DeviceLog, LoggedEntry } from './log.ts';
import type { Violation } from './violation.ts';

type Fault = Pick<Violation, 'kind' | 'detail'>;

/** Revs of one timeline since it last started over. */
class Shown {
  readonly #userId: string;
  readonly #revs = new Set<number>();
  #low = Infinity;
  /** Of what others sent. One's own messages may be shown above a gap that is still to be filled. */
  #highOfOthers = -Infinity;

  constructor(userId: string) {
    this.#userId = userId;
  }

  /** What is wrong with entries that appear now, at once: live ones come above all others, an older page below. */
  appear(entries: readonly LoggedEntry[]): Fault[] {
    const [low, high] = [this.#low, this.#highOfOthers];
    return entries.flatMap(({ rev, senderId }): Fault[] => {
      if (this.#revs.has(rev)) return [{ kind: 'duplicated', detail: `rev ${rev} appeared again` }];
      this.#revs.add(rev);
      this.#low = Math.min(this.#low, rev);
      if (senderId !== this.#userId) this.#highOfOthers = Math.max(this.#highOfOthers, rev);
      if (rev < low || rev > high) return [];
      return [{ kind: 'reordered', detail: `rev ${rev} appeared between revs that were shown already` }];
    });
  }

  has(rev: number): boolean {
    return this.#revs.has(rev);
  }

  clear(): void {
    this.#revs.clear();
    this.#low = Infinity;
    this.#highOfOthers = -Infinity;
  }
}

/** Replays what a device's timelines showed while the run went on. */
export function replayShown({ device, userId, applied }: DeviceLog): Violation[] {
  const timelines = new Map<string, Shown>();
  return applied.flatMap((change): Violation[] => {
    const { conversationId } = change;
    const shown = timelines.get(conversationId) ?? new Shown(userId);
    timelines.set(conversationId, shown);
    switch (change.change) {
      case 'appeared':
        return shown.appear(change.entries).map((fault) => ({ ...fault, conversationId, device }));
      case 'changed':
        return shown.has(change.entry.rev)
          ? []
          : [{ kind: 'diverged', conversationId, device, detail: `rev ${change.entry.rev} changed unshown` }];
      case 'vanished':
        return [{ kind: 'diverged', conversationId, device, detail: `rev ${change.rev} vanished` }];
      case 'cleared':
        shown.clear();
        return [];
    }
  });
}
