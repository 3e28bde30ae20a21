import { conversation, conversationAnswer, conversationPage, preferences } from '../answers.ts';
import { exampleEpoch, exampleGroup, exampleIds, examplePreferences, exampleRoom } from '../examples.ts';
import { route } from '../route.ts';

export const conversationRoutes = [
  route({
    method: 'GET',
    path: '/api/conversations',
    procedure: 'conversations.list',
    summary: 'Your conversations: pinned ones first, then by latest activity',
    answer: conversationPage,
    example: {
      input: { limit: 10 },
      answer: { epoch: exampleEpoch, conversations: [exampleGroup], nextCursor: null },
    },
  }),
  route({
    method: 'GET',
    path: '/api/conversations/{conversationId}',
    procedure: 'conversations.get',
    summary: 'One conversation of yours',
    answer: conversationAnswer,
    errors: ['NOT_FOUND'],
    example: {
      input: { conversationId: exampleIds.group },
      answer: { epoch: exampleEpoch, conversation: exampleGroup },
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/conversations/{conversationId}',
    procedure: 'conversations.update',
    summary: 'Change the settings of a group or room',
    note: 'For owners and moderators. What is absent stays as it is. Slow mode is for rooms, `newMembersSeeHistory` for groups.',
    answer: conversation,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'WRONG_KIND', 'CLIENT_ID_REUSED', 'RATE_LIMITED'],
    example: {
      input: { conversationId: exampleIds.group, name: 'Boat trip' },
      answer: { ...exampleGroup, settingsRev: 3, headRev: 3 },
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/conversations/{conversationId}/preferences',
    procedure: 'conversations.setPreferences',
    summary: 'Pin, mute or hide a conversation in your own list',
    note: 'What is absent stays as it is. Hidden: until the next message.',
    answer: preferences,
    errors: ['NOT_FOUND', 'RATE_LIMITED'],
    example: { input: { conversationId: exampleIds.group, pinned: true }, answer: examplePreferences },
  }),
  route({
    method: 'POST',
    path: '/api/conversations/{conversationId}/join',
    procedure: 'rooms.join',
    summary: 'Join a public room',
    answer: conversation,
    errors: ['NOT_FOUND', 'BANNED', 'RATE_LIMITED'],
    example: { input: { conversationId: exampleIds.room }, answer: { ...exampleRoom, role: 'member' } },
  }),
  route({
    method: 'POST',
    path: '/api/conversations/{conversationId}/leave',
    procedure: 'conversations.leave',
    summary: 'Leave a group or room',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'RATE_LIMITED'],
    example: { input: { conversationId: exampleIds.room }, answer: null },
  }),
];
