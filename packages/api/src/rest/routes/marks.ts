import { marked, watermarks } from '../answers.ts';
import { exampleEpoch, exampleIds, exampleWatermark } from '../examples.ts';
import { route } from '../route.ts';

const conversationId = exampleIds.group;

export const markRoutes = [
  route({
    method: 'GET',
    path: '/api/conversations/{conversationId}/marks',
    procedure: 'conversations.watermarks',
    summary: 'Up to where the members have it and have read it',
    note: 'In a room: your own alone.',
    answer: watermarks,
    errors: ['NOT_FOUND'],
    example: {
      input: { conversationId },
      answer: { epoch: exampleEpoch, watermarks: [exampleWatermark] },
    },
  }),
  route({
    method: 'PUT',
    path: '/api/conversations/{conversationId}/marks',
    procedure: 'conversations.mark',
    summary: 'Say up to where you have it and have read it',
    note: 'Marks rise and never fall. `epoch` is that of the answer which the revs come from.',
    answer: marked,
    errors: ['NOT_FOUND', 'EPOCH_CHANGED', 'RATE_LIMITED'],
    example: {
      input: { conversationId, epoch: exampleEpoch, readSeq: 2 },
      answer: { epoch: exampleEpoch, watermark: exampleWatermark },
    },
  }),
];
