import { changed, messagePage, messagePull, messageVersions, sent } from '../answers.ts';
import {
  exampleDeletion,
  exampleEdit,
  exampleEpoch,
  exampleIds,
  exampleMessage,
  exampleReaction,
  exampleVersions,
} from '../examples.ts';
import { route } from '../route.ts';

const conversationId = exampleIds.group;

export const messageRoutes = [
  route({
    method: 'GET',
    path: '/api/conversations/{conversationId}/messages',
    procedure: 'messages.page',
    summary: 'A page of history, the newest by default',
    note: 'Give the lowest rev of a page as `before` to get the page below it.',
    answer: messagePage,
    errors: ['NOT_FOUND'],
    example: {
      input: { conversationId, limit: 1 },
      answer: { epoch: exampleEpoch, entries: [exampleMessage], cursor: 2, from: 1 },
    },
  }),
  route({
    method: 'GET',
    path: '/api/conversations/{conversationId}/changes',
    procedure: 'messages.pull',
    summary: 'What came after a rev, in order and without holes',
    answer: messagePull,
    errors: ['NOT_FOUND'],
    example: {
      input: { conversationId, after: 1 },
      answer: { epoch: exampleEpoch, entries: [exampleMessage], from: 1, more: false },
    },
  }),
  route({
    method: 'POST',
    path: '/api/conversations/{conversationId}/messages',
    procedure: 'messages.send',
    summary: 'Send a message',
    note: 'The answer means: it is on disk.',
    created: true,
    answer: sent,
    errors: ['NOT_FOUND', 'SILENCED', 'SLOW_MODE', 'BLOCKED', 'CLIENT_ID_REUSED', 'RATE_LIMITED'],
    example: {
      input: { conversationId, text: 'The boat leaves at nine.' },
      answer: { epoch: exampleEpoch, entry: exampleMessage },
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/conversations/{conversationId}/messages/{messageId}',
    procedure: 'messages.edit',
    summary: 'Give a message of yours another text',
    answer: changed,
    errors: [
      'NOT_FOUND',
      'FORBIDDEN',
      'SILENCED',
      'SLOW_MODE',
      'BLOCKED',
      'MESSAGE_DELETED',
      'CLIENT_ID_REUSED',
      'RATE_LIMITED',
    ],
    example: {
      input: { conversationId, messageId: exampleIds.message, text: 'The boat leaves at ten.' },
      answer: { epoch: exampleEpoch, entry: exampleEdit },
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/conversations/{conversationId}/messages/{messageId}',
    procedure: 'messages.delete',
    summary: 'Delete a message for everyone',
    answer: changed,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'TOO_LATE', 'CLIENT_ID_REUSED', 'RATE_LIMITED'],
    example: {
      input: { conversationId, messageId: exampleIds.message },
      answer: { epoch: exampleEpoch, entry: exampleDeletion },
    },
  }),
  route({
    method: 'PUT',
    path: '/api/conversations/{conversationId}/messages/{messageId}/reactions',
    procedure: 'messages.react',
    summary: 'Put an emoji on a message, or take it back',
    note: 'Yours alone: other people’s stay as they are. `on: false` takes it back.',
    answer: changed,
    errors: [
      'NOT_FOUND',
      'SILENCED',
      'BLOCKED',
      'MESSAGE_DELETED',
      'REACTIONS_FULL',
      'CLIENT_ID_REUSED',
      'RATE_LIMITED',
    ],
    example: {
      input: { conversationId, messageId: exampleIds.message, emoji: '👍', on: true },
      answer: { epoch: exampleEpoch, entry: exampleReaction },
    },
  }),
  route({
    method: 'GET',
    path: '/api/conversations/{conversationId}/messages/{messageId}/versions',
    procedure: 'messages.versions',
    summary: 'The texts that a message had, and the one it has',
    note: 'The first one and the last edits, 100 in all.',
    answer: messageVersions,
    errors: ['NOT_FOUND'],
    example: {
      input: { conversationId, messageId: exampleIds.message },
      answer: exampleVersions,
    },
  }),
];
