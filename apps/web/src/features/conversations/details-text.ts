const count = (value: number) => value.toLocaleString('en');

/** `30 seconds`, `1 minute`, `1 hour`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${count(seconds)} seconds`;
  const [value, unit] = seconds < 3_600 ? [seconds / 60, 'minute'] : [seconds / 3_600, 'hour'];
  return `${count(value)} ${value === 1 ? unit : `${unit}s`}`;
}

/** Sentences about a conversation: its details, its settings, its members. */
export const detailsText = {
  startPrivate: (name: string) => `Here starts ${name}. Only those who are invited can join.`,
  leavePrivate: 'It goes from your list. You need an invitation to join again.',
  privateRoom: 'Private room, by invitation',
  editGroup: 'Edit the group',
  editRoom: 'Edit the room',
  name: 'Name',
  nameMissing: { group: 'A group needs a name.', room: 'A room needs a name.' },
  topic: 'Topic',
  topicHint: 'One line: what it is about.',
  mute: 'Mute',
  unmute: 'Unmute',

  allMembers: (value: number) => `All ${count(value)} members`,

  settings: 'Settings',
  slowMode: 'Slow mode',
  slowModeHint: 'How long a member waits between two messages. Owner and moderators do not.',
  slowModeOff: 'Off',
  slowModeEvery: (seconds: number) => `One message in ${durationText(seconds)}`,
  history: 'New members see what was written before',
  historyOn: 'Whoever is added reads everything.',
  historyOff: 'Whoever is added reads what is written from then on.',

  muted: 'muted',
  mutedUntil: (when: string) => `Muted until ${when}`,
  makeModerator: 'Make a moderator',
  makeMember: 'Make an ordinary member',
  makeOwner: 'Hand over ownership…',
  silence: 'Mute…',
  lift: 'Unmute',
  banned: 'Banned',
  liftBan: (name: string) => `Lift the ban of ${name}`,
  handOverTitle: (name: string) => `Make ${name} the owner?`,
  handOverText: (name: string) =>
    `${name} decides from then on. You become a moderator, and only ${name} can change that.`,
  handOverConfirm: 'Hand over',
  silenceTitle: (name: string) => `Mute ${name}?`,
  silenceText: (name: string) =>
    `${name} can still read, but not write, edit or react, until the time is over or somebody unmutes them.`,
  silenceHow: 'For how long',
  silenceConfirm: 'Mute',
  silences: { '10': '10 minutes', '60': '1 hour', '1440': '1 day', '10080': '7 days' },

  lost: (name: string) => `You are no longer in ${name}`,
  lostHint: 'You were removed, or you left on another device. Its messages are gone from this device.',
  findRooms: 'Look at the rooms',
} as const;
