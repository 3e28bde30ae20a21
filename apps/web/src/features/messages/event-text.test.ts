import { describe, expect, it } from 'vitest';
import { memberSentence, settingSentence } from './event-text.ts';

const words = { who: 'ada', whom: 'bob', until: '14:30' };

describe('memberSentence', () => {
  it('says who did it, to whom, and until when', () => {
    expect(memberSentence('added', words)).toBe('ada added bob');
    expect(memberSentence('madeModerator', words)).toBe('ada made bob a moderator');
    expect(memberSentence('silenced', words)).toBe('ada muted bob until 14:30');
    expect(memberSentence('unsilenced', words)).toBe('ada unmuted bob');
    expect(memberSentence('unbanned', words)).toBe('ada lifted the ban of bob');
  });

  it('tells of somebody who became the owner because another left, without a giver', () => {
    expect(memberSentence('madeOwner', { ...words, who: 'bob' })).toBe('bob is the owner now');
  });
});

describe('settingSentence', () => {
  it('names what was changed and to what', () => {
    expect(settingSentence({ setting: 'name', value: 'Pier 8' }, 'ada', 'group')).toBe(
      'ada renamed the group to “Pier 8”',
    );
    expect(settingSentence({ setting: 'topic', value: '' }, 'ada', 'room')).toBe('ada took the topic away');
    expect(settingSentence({ setting: 'slowModeSeconds', value: 30 }, 'ada', 'room')).toBe(
      'ada turned on slow mode: 30 seconds',
    );
    expect(settingSentence({ setting: 'slowModeSeconds', value: 60 }, 'ada', 'room')).toBe(
      'ada turned on slow mode: 1 minute',
    );
    expect(settingSentence({ setting: 'slowModeSeconds', value: 0 }, 'ada', 'room')).toBe(
      'ada turned off slow mode',
    );
  });
});
