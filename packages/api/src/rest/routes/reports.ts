import { reportPage } from '../answers.ts';
import { exampleIds, exampleReport } from '../examples.ts';
import { route } from '../route.ts';

export const reportRoutes = [
  route({
    method: 'POST',
    path: '/api/conversations/{conversationId}/messages/{messageId}/reports',
    procedure: 'messages.report',
    summary: 'Tell the administrators of a message',
    note: 'Once per person and message: the first report stays as it is. Nobody else learns of it.',
    answer: null,
    errors: ['NOT_FOUND', 'MESSAGE_DELETED', 'RATE_LIMITED'],
    example: {
      input: { conversationId: exampleIds.group, messageId: exampleIds.message, reason: 'spam' },
      answer: null,
    },
  }),
  route({
    method: 'GET',
    path: '/api/reports',
    procedure: 'reports.list',
    summary: 'What was reported, latest first; for administrators',
    answer: reportPage,
    errors: ['FORBIDDEN'],
    example: { input: { limit: 10 }, answer: { reports: [exampleReport], nextCursor: null } },
  }),
];
