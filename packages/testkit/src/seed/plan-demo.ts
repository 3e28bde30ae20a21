import { demoDirects } from './directs.ts';
import { demoGroups } from './groups.ts';
import { type DemoPerson, demoPeople } from './people.ts';
import { type ConversationPlan, planConversation } from './plan-conversation.ts';
import { accountTime } from './plan-joins.ts';
import { dayMs } from './plan-times.ts';
import { demoRooms } from './rooms.ts';
import type { Setting } from './setting.ts';

export interface DemoOptions {
  /** Another one says other things at other times. */
  readonly seed: string;
  /** When the last message is about to have been written. */
  readonly until: Date;
  /** How many in all, at least {@link demoMessagesMin}. */
  readonly messages: number;
}

export interface DemoPlan {
  readonly people: readonly PersonPlan[];
  readonly conversations: readonly ConversationPlan[];
}

export interface PersonPlan extends DemoPerson {
  readonly registeredAt: Date;
  readonly lastSeenAt: Date;
}

export const demoMessagesMin = 100;
const weeks = 5;
const settings = [...demoRooms, ...demoGroups, ...demoDirects];

/**
 * Everything that will be stored, before anything is. The same options give the same plan (in one time zone).
 * @throws RangeError for too few messages
 */
export function planDemo({ seed, until, messages }: DemoOptions): DemoPlan {
  if (messages < demoMessagesMin)
    throw new RangeError(`a demo has at least ${String(demoMessagesMin)} messages`);
  const span = { start: until.getTime() - weeks * 7 * dayMs, until: until.getTime() };
  const conversations = shareOut(messages).map(([setting, count]) =>
    planConversation(setting, { seed, span, messages: count }),
  );
  const people = demoPeople.map((person) => ({
    ...person,
    registeredAt: new Date(accountTime(person, span)),
    lastSeenAt: lastSeen(person, conversations, until),
  }));
  return { people, conversations };
}

/** Splits the messages by the settings' shares; each gets one at least, and the first what rounding leaves. */
function shareOut(messages: number): [Setting, number][] {
  const total = settings.reduce((sum, { share }) => sum + share, 0);
  const counts = settings.map(({ share }) => Math.max(1, Math.floor((messages * share) / total)));
  const left = messages - counts.reduce((sum, count) => sum + count, 0);
  return settings.map((setting, i) => [setting, (counts[i] ?? 0) + (i === 0 ? left : 0)]);
}

function lastSeen({ name }: DemoPerson, conversations: readonly ConversationPlan[], until: Date): Date {
  const times = conversations.flatMap(({ steps }) =>
    steps.filter((step) => step.name === name).map(({ at }) => at.getTime()),
  );
  const minutesAfter = 60_000 * (2 + name.length);
  return new Date(Math.min(Math.max(...times) + minutesAfter, until.getTime()));
}
