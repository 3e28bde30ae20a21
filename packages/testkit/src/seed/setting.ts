import type { Language } from './people.ts';
import type { Rhythm } from './plan-times.ts';

/** One conversation of the demo, before anybody has spoken. */
export interface Setting {
  /** What ids and chance derive from. */
  readonly key: string;
  readonly kind: 'room' | 'group' | 'direct';
  /** Empty for a direct conversation. */
  readonly name: string;
  readonly topic: string;
  /** The first one creates it. Rooms are joined by the others one by one. */
  readonly members: readonly string[];
  /** Its part of all messages, against the others'. */
  readonly share: number;
  readonly rhythm: Rhythm;
  /** The last message is so many hours old. */
  readonly quietHours: number;
  /** In which language they mostly write here. */
  readonly mainly: Language;
  /** Whether people who arrive later say hello here. */
  readonly greets?: boolean;
  /** Scripts that parse-exchanges.ts reads. */
  readonly scripts: readonly string[];
  /** How it ends: who says what. */
  readonly ending: readonly (readonly [name: string, text: string])[];
}

/** Names apart by spaces. */
export function names(list: string): string[] {
  return list.split(' ');
}
