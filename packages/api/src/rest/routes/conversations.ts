import { conversation, conversationAnswer, conversationPage } from '../answers.ts';
import { exampleEpoch, exampleGroup, exampleIds, exampleRoom } from '../examples.ts';
import { route } from '../route.ts';

export const conversationRoutes = [
  route({
    method: 'GET',
    path: '/api/conversations',
    procedure: 'conversations.list',
    summary: 'Your conversations, latest activity first',
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
    method: 'POST',
    path: '/api/conversations/{conversationId}/join',
    procedure: 'rooms.join',
    summary: 'Join a public room',
    answer: conversation,
    errors: ['NOT_FOUND', 'BANNED'],
    example: { input: { conversationId: exampleIds.room }, answer: { ...exampleRoom, role: 'member' } },
  }),
  route({
    method: 'POST',
    path: '/api/conversations/{conversationId}/leave',
    procedure: 'conversations.leave',
    summary: 'Leave a group or room',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    example: { input: { conversationId: exampleIds.room }, answer: null },
  }),
];
