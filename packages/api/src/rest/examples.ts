import type {
  Account,
  ChangeEntry,
  Conversation,
  Entry,
  Invitation,
  MemberPage,
  MessageVersions,
  Preferences,
  Report,
  User,
  Watermark,
} from '@confab/contract';

/** The people and things that the document's examples are about. */
export const exampleIds = {
  ada: '68f0c1d2e3a4b5c6d7e8f901',
  bob: '68f0c1d2e3a4b5c6d7e8f902',
  group: '0f1e2d3c4b5a69788796a5b4',
  room: '1f1e2d3c4b5a69788796a5b4',
  direct: '2f1e2d3c4b5a69788796a5b4',
  message: '68f0c1d2e3a4b5c6d7e8f9aa',
} as const;

export const exampleEpoch = '5b0d5b7c2f6e4a1d';
const createdAt = '2026-03-02T09:30:00.000Z';
const sentAt = '2026-03-02T09:31:12.345Z';

export const ada: User = { id: exampleIds.ada, name: 'ada', lastSeenAt: null };
export const bob: User = { id: exampleIds.bob, name: 'bob', lastSeenAt: createdAt };
export const adasAccount: Account = {
  ...ada,
  email: 'ada@example.org',
  role: 'user',
  createdAt,
  addableBy: 'everyone',
};

export const exampleMembers = {
  members: [
    { user: ada, role: 'owner', silencedUntil: null, joinedAt: createdAt },
    { user: bob, role: 'member', silencedUntil: null, joinedAt: sentAt },
  ],
  nextCursor: null,
} satisfies MemberPage;

export const exampleMessage: Entry = {
  kind: 'message',
  id: exampleIds.message,
  rev: 2,
  senderId: exampleIds.ada,
  clientId: '9c56cc51b374c3ba189210d5b6d4bf57',
  createdAt: sentAt,
  messageType: 'text',
  text: 'The boat leaves at nine.',
};

const { messageType: _, text: __, kind: ___, ...stored } = exampleMessage;
const change = {
  ...stored,
  id: '68f0c1d2e3a4b5c6d7e8f9ab',
  rev: 3,
  clientId: 'c4a760a8dbcf5c5b7b1f3b1b1f3a9d55',
  messageId: exampleIds.message,
  seq: 2,
};
export const exampleEdit: ChangeEntry = { kind: 'edit', ...change, text: 'The boat leaves at ten.' };
export const exampleDeletion: ChangeEntry = { kind: 'deletion', ...change };
export const exampleReaction: ChangeEntry = { kind: 'reaction', ...change, emoji: '👍', on: true };

export const exampleVersions: MessageVersions = {
  versions: [
    { rev: 2, text: 'The boat leaves at nine.', createdAt: sentAt },
    { rev: 3, text: 'The boat leaves at ten.', createdAt: '2026-03-02T09:32:40.000Z' },
  ],
};

export const exampleWatermark: Watermark = { userId: exampleIds.ada, deliveredSeq: 2, readSeq: 2 };

export const examplePreferences: Preferences = { pinned: true, muted: false, hiddenSeq: null, version: 1 };

export const exampleInvitation: Invitation = {
  id: '68f0c1d2e3a4b5c6d7e8f9ad',
  code: 'kZ0cTq2Yw4nB8fVx1LhR3sJd7Ua',
  createdBy: ada,
  createdAt,
  expiresAt: '2026-03-09T09:30:00.000Z',
  usesMax: 10,
  uses: 0,
};

export const exampleReport: Report = {
  id: '68f0c1d2e3a4b5c6d7e8f9ac',
  conversationId: exampleIds.group,
  messageId: exampleIds.message,
  reporter: bob,
  sender: ada,
  reason: 'spam',
  note: '',
  text: 'The boat leaves at nine.',
  createdAt: sentAt,
};

export const exampleGroup: Conversation = {
  id: exampleIds.group,
  kind: 'group',
  name: 'Boat trip',
  topic: '',
  visibility: 'private',
  slowModeSeconds: 0,
  newMembersSeeHistory: false,
  settingsRev: 0,
  peer: null,
  memberCount: 2,
  role: 'owner',
  silencedUntil: null,
  preferences: examplePreferences,
  headRev: 2,
  from: 1,
  createdAt,
  lastActivityAt: sentAt,
  lastMessage: exampleMessage,
  deliveredSeq: 2,
  readSeq: 2,
  unread: 0,
  unreadTo: 2,
};

export const exampleRoom: Conversation = {
  ...exampleGroup,
  id: exampleIds.room,
  kind: 'room',
  name: 'Harbour',
  visibility: 'public',
  topic: 'Tides, moorings and the weather',
};

export const exampleDirect: Conversation = {
  ...exampleGroup,
  id: exampleIds.direct,
  kind: 'direct',
  name: null,
  peer: bob,
  role: 'member',
};
