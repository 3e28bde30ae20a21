import type { MemberEntry, SettingEntry } from '@confab/contract';
import { text } from '../../lib/text.ts';
import { durationText } from '../conversations/details-text.ts';

export type EventPlace = 'group' | 'room';

const { joined, left, added, removed, banned } = text.messages;

export interface MemberWords {
  readonly who: string;
  readonly whom: string;
  /** Of a mute, in words. */
  readonly until: string;
}

/** What happened to a member: "ada muted bob until 14:30". */
export function memberSentence(change: MemberEntry['change'], { who, whom, until }: MemberWords): string {
  switch (change) {
    case 'joined':
      return joined(whom);
    case 'left':
      return left(whom);
    case 'added':
      return added(who, whom);
    case 'removed':
      return removed(who, whom);
    case 'banned':
      return banned(who, whom);
    case 'unbanned':
      return `${who} lifted the ban of ${whom}`;
    // Whoever leaves passes it on without a hand: it is said of the one who has it now.
    case 'madeOwner':
      return who === whom ? `${whom} is the owner now` : `${who} made ${whom} the owner`;
    case 'madeModerator':
      return who === whom ? `${whom} is a moderator now` : `${who} made ${whom} a moderator`;
    case 'madeMember':
      return `${who} made ${whom} an ordinary member`;
    case 'silenced':
      return `${who} muted ${whom} until ${until}`;
    case 'unsilenced':
      return `${who} unmuted ${whom}`;
  }
}

/** What a setting was changed to: "ada turned on slow mode: 30 seconds". */
export function settingSentence(
  { setting, value }: Pick<SettingEntry, 'setting' | 'value'>,
  who: string,
  place: EventPlace,
): string {
  switch (setting) {
    case 'name':
      return `${who} renamed the ${place} to “${String(value)}”`;
    case 'topic':
      return value === '' ? `${who} took the topic away` : `${who} changed the topic to “${String(value)}”`;
    case 'slowModeSeconds':
      return value === 0
        ? `${who} turned off slow mode`
        : `${who} turned on slow mode: ${durationText(Number(value))}`;
    case 'newMembersSeeHistory':
      return value === true
        ? `${who} lets new members see what was written before`
        : `${who} hides from new members what was written before`;
  }
}
